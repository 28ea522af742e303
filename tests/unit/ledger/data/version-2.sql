BEGIN TRANSACTION;
CREATE TABLE answers (
	n INTEGER NOT NULL, 
	id VARCHAR(64) NOT NULL, 
	model TEXT NOT NULL, 
	prompt VARCHAR(32) NOT NULL, 
	report TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	tokens_in INTEGER, 
	tokens_out INTEGER, 
	seconds FLOAT NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_answers PRIMARY KEY (n), 
	CONSTRAINT uq_answers_id UNIQUE (id)
);
INSERT INTO "answers" VALUES(1,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','m','1','r1','{}',1,2,0.5,'2025-11-03T12:01:00.000000Z');
CREATE TABLE current_extractions (
	report TEXT NOT NULL, 
	extraction INTEGER NOT NULL, 
	CONSTRAINT pk_current_extractions PRIMARY KEY (report), 
	CONSTRAINT fk_current_extractions_report FOREIGN KEY(report) REFERENCES reports (id), 
	CONSTRAINT uq_current_extractions_extraction UNIQUE (extraction), 
	CONSTRAINT fk_current_extractions_extraction FOREIGN KEY(extraction) REFERENCES extractions (n)
);
INSERT INTO "current_extractions" VALUES('r1',1);
INSERT INTO "current_extractions" VALUES('r2',2);
CREATE TABLE extractions (
	n INTEGER NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	report TEXT NOT NULL, 
	extractor TEXT NOT NULL, 
	url TEXT, 
	title TEXT, 
	published_earliest VARCHAR(10), 
	published_latest VARCHAR(10), 
	published_inferred BOOLEAN, 
	same_text_as TEXT, 
	upstream JSON NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_extractions PRIMARY KEY (n), 
	CONSTRAINT uq_extractions_report_extractor UNIQUE (report, extractor), 
	CONSTRAINT uq_extractions_id UNIQUE (id), 
	CONSTRAINT fk_extractions_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "extractions" VALUES(1,'d4f0f40cee6813a0','r1','hand 1','https://example.org/r1','What r1 says','2025-11-02','2025-11-02',0,NULL,'["A Wire"]','2025-11-03T12:00:00.000000Z');
INSERT INTO "extractions" VALUES(2,'a24562f75474f112','r2','hand 1','https://example.org/r2','What r2 says','2025-11-02','2025-11-02',0,NULL,'["A Wire"]','2025-11-03T12:01:00.000000Z');
CREATE TABLE facts (
	extraction INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	subject_text TEXT, 
	subject_start INTEGER, 
	subject_end INTEGER, 
	entity TEXT, 
	measure_text TEXT NOT NULL, 
	measure_start INTEGER NOT NULL, 
	measure_end INTEGER NOT NULL, 
	low FLOAT, 
	high FLOAT, 
	unit TEXT, 
	figure_text TEXT, 
	figure_start INTEGER, 
	figure_end INTEGER, 
	period_earliest VARCHAR(10), 
	period_latest VARCHAR(10), 
	period_inferred BOOLEAN, 
	period_text TEXT, 
	period_start INTEGER, 
	period_end INTEGER, 
	chain JSON NOT NULL, 
	evidence_text TEXT NOT NULL, 
	evidence_start INTEGER NOT NULL, 
	evidence_end INTEGER NOT NULL, 
	CONSTRAINT pk_facts PRIMARY KEY (extraction, ordinal), 
	CONSTRAINT uq_facts_extraction_id UNIQUE (extraction, id), 
	CONSTRAINT fk_facts_extraction FOREIGN KEY(extraction) REFERENCES extractions (n)
);
INSERT INTO "facts" VALUES(1,0,'r1.f0','count',NULL,NULL,NULL,NULL,'NOR',0,3,1.0,2.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','NOR',0,3);
CREATE TABLE issues (
	n INTEGER NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	code TEXT NOT NULL, 
	place TEXT NOT NULL, 
	message TEXT NOT NULL, 
	hint TEXT NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_issues PRIMARY KEY (n), 
	CONSTRAINT uq_issues_id UNIQUE (id)
);
INSERT INTO "issues" VALUES(1,'747c5d83f113182f','report-empty','a.txt','there is no text in it','','2025-11-03T12:01:00.000000Z');
CREATE TABLE judgements (
	n INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	target TEXT NOT NULL, 
	target_kind VARCHAR(16) NOT NULL, 
	decision VARCHAR(16) NOT NULL, 
	person TEXT NOT NULL, 
	decided_at VARCHAR(27) NOT NULL, 
	changes JSON NOT NULL, 
	note TEXT NOT NULL, 
	report TEXT, 
	as_judged JSON, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_judgements PRIMARY KEY (n), 
	CONSTRAINT uq_judgements_id UNIQUE (id), 
	CONSTRAINT fk_judgements_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "judgements" VALUES(1,'j1','r1.p1','position','reject','ada','2025-11-03T12:00:00.000000Z','{}','because','r1','{"chain":[{"entity":"SUD","kind":"state","name":"SUD"},{"entity":null,"kind":"outlet","name":"The Courier"}],"conditions":[{"end":123,"kind":"ceasefire","start":105,"text":"if the truce holds"}],"confidence":0.5,"cue":{"end":87,"start":72,"text":"will never send"},"evidence":{"end":124,"start":60,"text":"SUD said it will never send up to 300 troops if the truce holds."},"extractor":"hand 1","holder":"SUD","id":"r1.p1","matter":"force_x","object":null,"object_span":null,"performer":"SUD","quantity":{"end":97,"high":300,"low":null,"start":88,"text":"up to 300","unit":"troops"},"report":"r1","said_between":{"date":null,"earliest":"2025-10-30","inferred":true,"latest":"2025-11-01"},"said_on":null,"self_declared":true,"stance":"refused","statement":"r1.s1","task":"contribute_troops"}','2025-11-03T12:01:00.000000Z');
CREATE TABLE matters (
	n INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	label TEXT NOT NULL, 
	names JSON NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_matters PRIMARY KEY (n)
);
CREATE TABLE meta (
	n INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY (n)
);
CREATE TABLE migrations (
	version INTEGER NOT NULL, 
	software TEXT NOT NULL, 
	applied_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_migrations PRIMARY KEY (version)
);
INSERT INTO "migrations" VALUES(2,'0.1.0','2025-11-03T12:00:00.000000Z');
CREATE TABLE positions (
	extraction INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	performer TEXT NOT NULL, 
	task TEXT NOT NULL, 
	matter TEXT, 
	stance TEXT NOT NULL, 
	evidence_text TEXT NOT NULL, 
	evidence_start INTEGER NOT NULL, 
	evidence_end INTEGER NOT NULL, 
	cue_text TEXT, 
	cue_start INTEGER, 
	cue_end INTEGER, 
	object_text TEXT, 
	object_start INTEGER, 
	object_end INTEGER, 
	conditions JSON NOT NULL, 
	quantity JSON, 
	chain JSON NOT NULL, 
	self_declared BOOLEAN NOT NULL, 
	said_earliest VARCHAR(10), 
	said_latest VARCHAR(10), 
	said_inferred BOOLEAN, 
	confidence FLOAT NOT NULL, 
	statement TEXT, 
	CONSTRAINT pk_positions PRIMARY KEY (extraction, ordinal), 
	CONSTRAINT uq_positions_extraction_id UNIQUE (extraction, id), 
	CONSTRAINT fk_positions_extraction_statement FOREIGN KEY(extraction, statement) REFERENCES statements (extraction, id), 
	CONSTRAINT fk_positions_extraction FOREIGN KEY(extraction) REFERENCES extractions (n)
);
INSERT INTO "positions" VALUES(1,0,'r1.p0','NOR','NOR','contribute_troops','force_x','offered','NOR said it would send up to 300 troops if the truce holds.',0,59,'would send',12,22,NULL,NULL,NULL,'[{"end":58,"kind":"ceasefire","start":40,"text":"if the truce holds"}]','{"end":32,"high":300,"low":null,"start":23,"text":"up to 300","unit":"troops"}','[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Courier"}]',1,'2025-10-30','2025-11-01',1,0.5,'r1.s0');
INSERT INTO "positions" VALUES(1,1,'r1.p1','SUD','SUD','contribute_troops','force_x','refused','SUD said it will never send up to 300 troops if the truce holds.',60,124,'will never send',72,87,NULL,NULL,NULL,'[{"end":123,"kind":"ceasefire","start":105,"text":"if the truce holds"}]','{"end":97,"high":300,"low":null,"start":88,"text":"up to 300","unit":"troops"}','[{"entity":"SUD","kind":"state","name":"SUD"},{"entity":null,"kind":"outlet","name":"The Courier"}]',1,'2025-10-30','2025-11-01',1,0.5,'r1.s1');
INSERT INTO "positions" VALUES(2,0,'r2.p0','NOR','NOR','contribute_troops','force_x','refused','NOR said it will never send up to 300 troops if the truce holds.',0,64,'will never send',12,27,NULL,NULL,NULL,'[{"end":63,"kind":"ceasefire","start":45,"text":"if the truce holds"}]','{"end":37,"high":300,"low":null,"start":28,"text":"up to 300","unit":"troops"}','[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Herald"}]',1,'2025-10-30','2025-11-01',1,0.5,'r2.s0');
CREATE TABLE repeats (
	n INTEGER NOT NULL, 
	report TEXT NOT NULL, 
	"of" TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	similarity FLOAT NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_repeats PRIMARY KEY (n), 
	CONSTRAINT uq_repeats_report_of_kind UNIQUE (report, "of", kind), 
	CONSTRAINT fk_repeats_report FOREIGN KEY(report) REFERENCES reports (id), 
	CONSTRAINT fk_repeats_of FOREIGN KEY("of") REFERENCES reports (id)
);
CREATE TABLE reports (
	n INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	outlet TEXT, 
	outlet_key TEXT NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (n), 
	CONSTRAINT uq_reports_sha256_outlet_key UNIQUE (sha256, outlet_key), 
	CONSTRAINT uq_reports_id UNIQUE (id)
);
INSERT INTO "reports" VALUES(1,'r1','41b8c507803883a33ea28751bc51c725df24b72dae6f644314e16561bd41e5bc','The Courier','the courier','2025-11-03T12:00:00.000000Z','NOR said it would send up to 300 troops if the truce holds. SUD said it will never send up to 300 troops if the truce holds. ');
INSERT INTO "reports" VALUES(2,'r2','85d0c6100d499ccbb9a0dd983475bf52bfb687979e0512c1bf25173428083bff','The Herald','the herald','2025-11-03T12:01:00.000000Z','NOR said it will never send up to 300 troops if the truce holds. ');
CREATE TABLE runs (
	n INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	event VARCHAR(8) NOT NULL, 
	command TEXT NOT NULL, 
	software TEXT NOT NULL, 
	detail JSON NOT NULL, 
	learned_at VARCHAR(27) NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (n), 
	CONSTRAINT uq_runs_id_event UNIQUE (id, event)
);
CREATE TABLE statements (
	extraction INTEGER NOT NULL, 
	ordinal INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	source_text TEXT, 
	source_start INTEGER, 
	source_end INTEGER, 
	source_kind VARCHAR(32) NOT NULL, 
	source_entity TEXT, 
	source_name TEXT NOT NULL, 
	cue_text TEXT, 
	cue_start INTEGER, 
	cue_end INTEGER, 
	content JSON NOT NULL, 
	chain JSON NOT NULL, 
	form VARCHAR(16) NOT NULL, 
	said_earliest VARCHAR(10), 
	said_latest VARCHAR(10), 
	said_inferred BOOLEAN, 
	confidence FLOAT NOT NULL, 
	CONSTRAINT pk_statements PRIMARY KEY (extraction, ordinal), 
	CONSTRAINT uq_statements_extraction_id UNIQUE (extraction, id), 
	CONSTRAINT fk_statements_extraction FOREIGN KEY(extraction) REFERENCES extractions (n)
);
INSERT INTO "statements" VALUES(1,0,'r1.s0','NOR',0,3,'state','NOR','NOR','said',4,8,'[{"end":59,"start":9,"text":"it would send up to 300 troops if the truce holds."}]','[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Courier"}]','indirect','2025-11-01','2025-11-01',0,0.75);
INSERT INTO "statements" VALUES(1,1,'r1.s1','SUD',60,63,'state','SUD','SUD','said',64,68,'[{"end":124,"start":69,"text":"it will never send up to 300 troops if the truce holds."}]','[{"entity":"SUD","kind":"state","name":"SUD"},{"entity":null,"kind":"outlet","name":"The Courier"}]','indirect','2025-11-01','2025-11-01',0,0.75);
INSERT INTO "statements" VALUES(2,0,'r2.s0','NOR',0,3,'state','NOR','NOR','said',4,8,'[{"end":64,"start":9,"text":"it will never send up to 300 troops if the truce holds."}]','[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Herald"}]','indirect','2025-11-01','2025-11-01',0,0.75);
CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER migrations_no_update BEFORE UPDATE ON migrations BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER migrations_no_delete BEFORE DELETE ON migrations BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reports_no_update BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER reports_no_delete BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE INDEX ix_answers_report ON answers (report);
CREATE TRIGGER answers_no_update BEFORE UPDATE ON answers BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER answers_no_delete BEFORE DELETE ON answers BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE INDEX ix_matters_id ON matters (id);
CREATE TRIGGER matters_no_update BEFORE UPDATE ON matters BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER matters_no_delete BEFORE DELETE ON matters BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER issues_no_update BEFORE UPDATE ON issues BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER issues_no_delete BEFORE DELETE ON issues BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER extractions_no_update BEFORE UPDATE ON extractions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER extractions_no_delete BEFORE DELETE ON extractions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER repeats_no_update BEFORE UPDATE ON repeats BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER repeats_no_delete BEFORE DELETE ON repeats BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE INDEX ix_judgements_target ON judgements (target);
CREATE INDEX ix_judgements_report ON judgements (report);
CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE INDEX ix_statements_id ON statements (id);
CREATE TRIGGER statements_no_update BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER statements_no_delete BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE INDEX ix_facts_id ON facts (id);
CREATE INDEX ix_facts_entity ON facts (entity);
CREATE TRIGGER facts_no_update BEFORE UPDATE ON facts BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER facts_no_delete BEFORE DELETE ON facts BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE INDEX ix_positions_holder ON positions (holder);
CREATE INDEX ix_positions_id ON positions (id);
CREATE INDEX ix_positions_matter ON positions (matter);
CREATE TRIGGER positions_no_update BEFORE UPDATE ON positions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER positions_no_delete BEFORE DELETE ON positions BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE VIEW latest_reports AS 
        SELECT r.id, r.outlet, e.title, e.url, e.published_earliest, e.published_latest, e.published_inferred,
               e.extractor, r.learned_at, r.sha256, r.text
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN reports r ON r.id = c.report;
CREATE VIEW latest_statements AS 
        SELECT e.report, e.extractor, e.learned_at, s.*
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN statements s ON s.extraction = e.n;
CREATE VIEW latest_positions AS 
        SELECT e.report, e.extractor, e.learned_at, p.*
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN positions p ON p.extraction = e.n;
CREATE VIEW latest_facts AS 
        SELECT e.report, e.extractor, e.learned_at, f.*
        FROM current_extractions c
        JOIN extractions e ON e.n = c.extraction
        JOIN facts f ON f.extraction = e.n;
COMMIT;
