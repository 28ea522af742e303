-- A ledger as version 2 of the tables was in PostgreSQL: made by that code, written out by pg_dump. No schema is named.
CREATE FUNCTION onrecord_only_add() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE TABLE answers (
    n bigint NOT NULL,
    id character varying(64) NOT NULL,
    model text NOT NULL,
    prompt character varying(32) NOT NULL,
    report text NOT NULL,
    answer text NOT NULL,
    tokens_in integer,
    tokens_out integer,
    seconds double precision NOT NULL,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE answers_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE answers_n_seq OWNED BY answers.n;
CREATE TABLE current_extractions (
    report text NOT NULL,
    extraction bigint NOT NULL
);
CREATE TABLE extractions (
    n bigint NOT NULL,
    id character varying(16) NOT NULL,
    report text NOT NULL,
    extractor text NOT NULL,
    url text,
    title text,
    published_earliest character varying(10),
    published_latest character varying(10),
    published_inferred boolean,
    same_text_as text,
    upstream json NOT NULL,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE extractions_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE extractions_n_seq OWNED BY extractions.n;
CREATE TABLE facts (
    extraction bigint NOT NULL,
    ordinal integer NOT NULL,
    id text NOT NULL,
    kind character varying(16) NOT NULL,
    subject_text text,
    subject_start integer,
    subject_end integer,
    entity text,
    measure_text text NOT NULL,
    measure_start integer NOT NULL,
    measure_end integer NOT NULL,
    low double precision,
    high double precision,
    unit text,
    figure_text text,
    figure_start integer,
    figure_end integer,
    period_earliest character varying(10),
    period_latest character varying(10),
    period_inferred boolean,
    period_text text,
    period_start integer,
    period_end integer,
    chain json NOT NULL,
    evidence_text text NOT NULL,
    evidence_start integer NOT NULL,
    evidence_end integer NOT NULL
);
CREATE TABLE issues (
    n bigint NOT NULL,
    id character varying(16) NOT NULL,
    code text NOT NULL,
    place text NOT NULL,
    message text NOT NULL,
    hint text NOT NULL,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE issues_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE issues_n_seq OWNED BY issues.n;
CREATE TABLE judgements (
    n bigint NOT NULL,
    id text NOT NULL,
    target text NOT NULL,
    target_kind character varying(16) NOT NULL,
    decision character varying(16) NOT NULL,
    person text NOT NULL,
    decided_at character varying(27) NOT NULL,
    changes json NOT NULL,
    note text NOT NULL,
    report text,
    as_judged json,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE judgements_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE judgements_n_seq OWNED BY judgements.n;
CREATE VIEW latest_facts AS
 SELECT e.report,
    e.extractor,
    e.learned_at,
    f.extraction,
    f.ordinal,
    f.id,
    f.kind,
    f.subject_text,
    f.subject_start,
    f.subject_end,
    f.entity,
    f.measure_text,
    f.measure_start,
    f.measure_end,
    f.low,
    f.high,
    f.unit,
    f.figure_text,
    f.figure_start,
    f.figure_end,
    f.period_earliest,
    f.period_latest,
    f.period_inferred,
    f.period_text,
    f.period_start,
    f.period_end,
    f.chain,
    f.evidence_text,
    f.evidence_start,
    f.evidence_end
   FROM ((current_extractions c
     JOIN extractions e ON ((e.n = c.extraction)))
     JOIN facts f ON ((f.extraction = e.n)));
CREATE TABLE positions (
    extraction bigint NOT NULL,
    ordinal integer NOT NULL,
    id text NOT NULL,
    holder text NOT NULL,
    performer text NOT NULL,
    task text NOT NULL,
    matter text,
    stance text NOT NULL,
    evidence_text text NOT NULL,
    evidence_start integer NOT NULL,
    evidence_end integer NOT NULL,
    cue_text text,
    cue_start integer,
    cue_end integer,
    object_text text,
    object_start integer,
    object_end integer,
    conditions json NOT NULL,
    quantity json,
    chain json NOT NULL,
    self_declared boolean NOT NULL,
    said_earliest character varying(10),
    said_latest character varying(10),
    said_inferred boolean,
    confidence double precision NOT NULL,
    statement text
);
CREATE VIEW latest_positions AS
 SELECT e.report,
    e.extractor,
    e.learned_at,
    p.extraction,
    p.ordinal,
    p.id,
    p.holder,
    p.performer,
    p.task,
    p.matter,
    p.stance,
    p.evidence_text,
    p.evidence_start,
    p.evidence_end,
    p.cue_text,
    p.cue_start,
    p.cue_end,
    p.object_text,
    p.object_start,
    p.object_end,
    p.conditions,
    p.quantity,
    p.chain,
    p.self_declared,
    p.said_earliest,
    p.said_latest,
    p.said_inferred,
    p.confidence,
    p.statement
   FROM ((current_extractions c
     JOIN extractions e ON ((e.n = c.extraction)))
     JOIN positions p ON ((p.extraction = e.n)));
CREATE TABLE reports (
    n bigint NOT NULL,
    id text NOT NULL,
    sha256 character varying(64) NOT NULL,
    outlet text,
    outlet_key text NOT NULL,
    learned_at character varying(27) NOT NULL,
    text text NOT NULL
);
CREATE VIEW latest_reports AS
 SELECT r.id,
    r.outlet,
    e.title,
    e.url,
    e.published_earliest,
    e.published_latest,
    e.published_inferred,
    e.extractor,
    r.learned_at,
    r.sha256,
    r.text
   FROM ((current_extractions c
     JOIN extractions e ON ((e.n = c.extraction)))
     JOIN reports r ON ((r.id = c.report)));
CREATE TABLE statements (
    extraction bigint NOT NULL,
    ordinal integer NOT NULL,
    id text NOT NULL,
    source_text text,
    source_start integer,
    source_end integer,
    source_kind character varying(32) NOT NULL,
    source_entity text,
    source_name text NOT NULL,
    cue_text text,
    cue_start integer,
    cue_end integer,
    content json NOT NULL,
    chain json NOT NULL,
    form character varying(16) NOT NULL,
    said_earliest character varying(10),
    said_latest character varying(10),
    said_inferred boolean,
    confidence double precision NOT NULL
);
CREATE VIEW latest_statements AS
 SELECT e.report,
    e.extractor,
    e.learned_at,
    s.extraction,
    s.ordinal,
    s.id,
    s.source_text,
    s.source_start,
    s.source_end,
    s.source_kind,
    s.source_entity,
    s.source_name,
    s.cue_text,
    s.cue_start,
    s.cue_end,
    s.content,
    s.chain,
    s.form,
    s.said_earliest,
    s.said_latest,
    s.said_inferred,
    s.confidence
   FROM ((current_extractions c
     JOIN extractions e ON ((e.n = c.extraction)))
     JOIN statements s ON ((s.extraction = e.n)));
CREATE TABLE matters (
    n bigint NOT NULL,
    id text NOT NULL,
    label text NOT NULL,
    names json NOT NULL,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE matters_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE matters_n_seq OWNED BY matters.n;
CREATE TABLE meta (
    n bigint NOT NULL,
    key text NOT NULL,
    value text,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE meta_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE meta_n_seq OWNED BY meta.n;
CREATE TABLE migrations (
    version integer NOT NULL,
    software text NOT NULL,
    applied_at character varying(27) NOT NULL
);
CREATE TABLE repeats (
    n bigint NOT NULL,
    report text NOT NULL,
    of text NOT NULL,
    kind text NOT NULL,
    similarity double precision NOT NULL,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE repeats_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE repeats_n_seq OWNED BY repeats.n;
CREATE SEQUENCE reports_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE reports_n_seq OWNED BY reports.n;
CREATE TABLE runs (
    n bigint NOT NULL,
    id text NOT NULL,
    event character varying(8) NOT NULL,
    command text NOT NULL,
    software text NOT NULL,
    detail json NOT NULL,
    learned_at character varying(27) NOT NULL
);
CREATE SEQUENCE runs_n_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE runs_n_seq OWNED BY runs.n;
ALTER TABLE ONLY answers ALTER COLUMN n SET DEFAULT nextval('answers_n_seq'::regclass);
ALTER TABLE ONLY extractions ALTER COLUMN n SET DEFAULT nextval('extractions_n_seq'::regclass);
ALTER TABLE ONLY issues ALTER COLUMN n SET DEFAULT nextval('issues_n_seq'::regclass);
ALTER TABLE ONLY judgements ALTER COLUMN n SET DEFAULT nextval('judgements_n_seq'::regclass);
ALTER TABLE ONLY matters ALTER COLUMN n SET DEFAULT nextval('matters_n_seq'::regclass);
ALTER TABLE ONLY meta ALTER COLUMN n SET DEFAULT nextval('meta_n_seq'::regclass);
ALTER TABLE ONLY repeats ALTER COLUMN n SET DEFAULT nextval('repeats_n_seq'::regclass);
ALTER TABLE ONLY reports ALTER COLUMN n SET DEFAULT nextval('reports_n_seq'::regclass);
ALTER TABLE ONLY runs ALTER COLUMN n SET DEFAULT nextval('runs_n_seq'::regclass);
INSERT INTO answers VALUES (1, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'm', '1', 'r1', '{}', 1, 2, 0.5, '2025-11-03T12:01:00.000000Z');
INSERT INTO current_extractions VALUES ('r1', 1);
INSERT INTO current_extractions VALUES ('r2', 2);
INSERT INTO extractions VALUES (1, 'd4f0f40cee6813a0', 'r1', 'hand 1', 'https://example.org/r1', 'What r1 says', '2025-11-02', '2025-11-02', false, NULL, '["A Wire"]', '2025-11-03T12:00:00.000000Z');
INSERT INTO extractions VALUES (2, 'a24562f75474f112', 'r2', 'hand 1', 'https://example.org/r2', 'What r2 says', '2025-11-02', '2025-11-02', false, NULL, '["A Wire"]', '2025-11-03T12:01:00.000000Z');
INSERT INTO facts VALUES (1, 0, 'r1.f0', 'count', NULL, NULL, NULL, NULL, 'NOR', 0, 3, 1, 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', 'NOR', 0, 3);
INSERT INTO issues VALUES (1, '747c5d83f113182f', 'report-empty', 'a.txt', 'there is no text in it', '', '2025-11-03T12:01:00.000000Z');
INSERT INTO judgements VALUES (1, 'j1', 'r1.p1', 'position', 'confirm', 'ada', '2025-11-03T12:00:00.000000Z', '{}', 'because', 'r1', '{"chain":[{"entity":"SUD","kind":"state","name":"SUD"},{"entity":null,"kind":"outlet","name":"The Courier"}],"conditions":[{"end":123,"kind":"ceasefire","start":105,"text":"if the truce holds"}],"confidence":0.5,"cue":{"end":87,"start":72,"text":"will never send"},"evidence":{"end":124,"start":60,"text":"SUD said it will never send up to 300 troops if the truce holds."},"extractor":"hand 1","holder":"SUD","id":"r1.p1","matter":"force_x","object":null,"object_span":null,"performer":"SUD","quantity":{"end":97,"high":300,"low":null,"start":88,"text":"up to 300","unit":"troops"},"report":"r1","said_between":{"date":null,"earliest":"2025-10-30","inferred":true,"latest":"2025-11-01"},"said_on":null,"self_declared":true,"stance":"refused","statement":"r1.s1","task":"contribute_troops"}', '2025-11-03T12:01:00.000000Z');
INSERT INTO migrations VALUES (2, '0.1.0', '2025-11-03T12:00:00.000000Z');
INSERT INTO positions VALUES (1, 0, 'r1.p0', 'NOR', 'NOR', 'contribute_troops', 'force_x', 'offered', 'NOR said it would send up to 300 troops if the truce holds.', 0, 59, 'would send', 12, 22, NULL, NULL, NULL, '[{"end":58,"kind":"ceasefire","start":40,"text":"if the truce holds"}]', '{"end":32,"high":300,"low":null,"start":23,"text":"up to 300","unit":"troops"}', '[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Courier"}]', true, '2025-10-30', '2025-11-01', true, 0.5, 'r1.s0');
INSERT INTO positions VALUES (1, 1, 'r1.p1', 'SUD', 'SUD', 'contribute_troops', 'force_x', 'refused', 'SUD said it will never send up to 300 troops if the truce holds.', 60, 124, 'will never send', 72, 87, NULL, NULL, NULL, '[{"end":123,"kind":"ceasefire","start":105,"text":"if the truce holds"}]', '{"end":97,"high":300,"low":null,"start":88,"text":"up to 300","unit":"troops"}', '[{"entity":"SUD","kind":"state","name":"SUD"},{"entity":null,"kind":"outlet","name":"The Courier"}]', true, '2025-10-30', '2025-11-01', true, 0.5, 'r1.s1');
INSERT INTO positions VALUES (2, 0, 'r2.p0', 'NOR', 'NOR', 'contribute_troops', 'force_x', 'refused', 'NOR said it will never send up to 300 troops if the truce holds.', 0, 64, 'will never send', 12, 27, NULL, NULL, NULL, '[{"end":63,"kind":"ceasefire","start":45,"text":"if the truce holds"}]', '{"end":37,"high":300,"low":null,"start":28,"text":"up to 300","unit":"troops"}', '[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Herald"}]', true, '2025-10-30', '2025-11-01', true, 0.5, 'r2.s0');
INSERT INTO reports VALUES (1, 'r1', '41b8c507803883a33ea28751bc51c725df24b72dae6f644314e16561bd41e5bc', 'The Courier', 'the courier', '2025-11-03T12:00:00.000000Z', 'NOR said it would send up to 300 troops if the truce holds. SUD said it will never send up to 300 troops if the truce holds. ');
INSERT INTO reports VALUES (2, 'r2', '85d0c6100d499ccbb9a0dd983475bf52bfb687979e0512c1bf25173428083bff', 'The Herald', 'the herald', '2025-11-03T12:01:00.000000Z', 'NOR said it will never send up to 300 troops if the truce holds. ');
INSERT INTO statements VALUES (1, 0, 'r1.s0', 'NOR', 0, 3, 'state', 'NOR', 'NOR', 'said', 4, 8, '[{"end":59,"start":9,"text":"it would send up to 300 troops if the truce holds."}]', '[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Courier"}]', 'indirect', '2025-11-01', '2025-11-01', false, 0.75);
INSERT INTO statements VALUES (1, 1, 'r1.s1', 'SUD', 60, 63, 'state', 'SUD', 'SUD', 'said', 64, 68, '[{"end":124,"start":69,"text":"it will never send up to 300 troops if the truce holds."}]', '[{"entity":"SUD","kind":"state","name":"SUD"},{"entity":null,"kind":"outlet","name":"The Courier"}]', 'indirect', '2025-11-01', '2025-11-01', false, 0.75);
INSERT INTO statements VALUES (2, 0, 'r2.s0', 'NOR', 0, 3, 'state', 'NOR', 'NOR', 'said', 4, 8, '[{"end":64,"start":9,"text":"it will never send up to 300 troops if the truce holds."}]', '[{"entity":"NOR","kind":"state","name":"NOR"},{"entity":null,"kind":"outlet","name":"The Herald"}]', 'indirect', '2025-11-01', '2025-11-01', false, 0.75);
SELECT pg_catalog.setval('answers_n_seq', 1, true);
SELECT pg_catalog.setval('extractions_n_seq', 2, true);
SELECT pg_catalog.setval('issues_n_seq', 1, true);
SELECT pg_catalog.setval('judgements_n_seq', 1, true);
SELECT pg_catalog.setval('matters_n_seq', 1, false);
SELECT pg_catalog.setval('meta_n_seq', 1, false);
SELECT pg_catalog.setval('repeats_n_seq', 1, false);
SELECT pg_catalog.setval('reports_n_seq', 2, true);
SELECT pg_catalog.setval('runs_n_seq', 1, false);
ALTER TABLE ONLY answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (n);
ALTER TABLE ONLY current_extractions
    ADD CONSTRAINT pk_current_extractions PRIMARY KEY (report);
ALTER TABLE ONLY extractions
    ADD CONSTRAINT pk_extractions PRIMARY KEY (n);
ALTER TABLE ONLY facts
    ADD CONSTRAINT pk_facts PRIMARY KEY (extraction, ordinal);
ALTER TABLE ONLY issues
    ADD CONSTRAINT pk_issues PRIMARY KEY (n);
ALTER TABLE ONLY judgements
    ADD CONSTRAINT pk_judgements PRIMARY KEY (n);
ALTER TABLE ONLY matters
    ADD CONSTRAINT pk_matters PRIMARY KEY (n);
ALTER TABLE ONLY meta
    ADD CONSTRAINT pk_meta PRIMARY KEY (n);
ALTER TABLE ONLY migrations
    ADD CONSTRAINT pk_migrations PRIMARY KEY (version);
ALTER TABLE ONLY positions
    ADD CONSTRAINT pk_positions PRIMARY KEY (extraction, ordinal);
ALTER TABLE ONLY repeats
    ADD CONSTRAINT pk_repeats PRIMARY KEY (n);
ALTER TABLE ONLY reports
    ADD CONSTRAINT pk_reports PRIMARY KEY (n);
ALTER TABLE ONLY runs
    ADD CONSTRAINT pk_runs PRIMARY KEY (n);
ALTER TABLE ONLY statements
    ADD CONSTRAINT pk_statements PRIMARY KEY (extraction, ordinal);
ALTER TABLE ONLY answers
    ADD CONSTRAINT uq_answers_id UNIQUE (id);
ALTER TABLE ONLY current_extractions
    ADD CONSTRAINT uq_current_extractions_extraction UNIQUE (extraction);
ALTER TABLE ONLY extractions
    ADD CONSTRAINT uq_extractions_id UNIQUE (id);
ALTER TABLE ONLY extractions
    ADD CONSTRAINT uq_extractions_report_extractor UNIQUE (report, extractor);
ALTER TABLE ONLY facts
    ADD CONSTRAINT uq_facts_extraction_id UNIQUE (extraction, id);
ALTER TABLE ONLY issues
    ADD CONSTRAINT uq_issues_id UNIQUE (id);
ALTER TABLE ONLY judgements
    ADD CONSTRAINT uq_judgements_id UNIQUE (id);
ALTER TABLE ONLY positions
    ADD CONSTRAINT uq_positions_extraction_id UNIQUE (extraction, id);
ALTER TABLE ONLY repeats
    ADD CONSTRAINT uq_repeats_report_of_kind UNIQUE (report, of, kind);
ALTER TABLE ONLY reports
    ADD CONSTRAINT uq_reports_id UNIQUE (id);
ALTER TABLE ONLY reports
    ADD CONSTRAINT uq_reports_sha256_outlet_key UNIQUE (sha256, outlet_key);
ALTER TABLE ONLY runs
    ADD CONSTRAINT uq_runs_id_event UNIQUE (id, event);
ALTER TABLE ONLY statements
    ADD CONSTRAINT uq_statements_extraction_id UNIQUE (extraction, id);
CREATE INDEX ix_answers_report ON answers USING btree (report);
CREATE INDEX ix_facts_entity ON facts USING btree (entity);
CREATE INDEX ix_facts_id ON facts USING btree (id);
CREATE INDEX ix_judgements_report ON judgements USING btree (report);
CREATE INDEX ix_judgements_target ON judgements USING btree (target);
CREATE INDEX ix_matters_id ON matters USING btree (id);
CREATE INDEX ix_positions_holder ON positions USING btree (holder);
CREATE INDEX ix_positions_id ON positions USING btree (id);
CREATE INDEX ix_positions_matter ON positions USING btree (matter);
CREATE INDEX ix_statements_id ON statements USING btree (id);
CREATE TRIGGER answers_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON answers FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER extractions_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON extractions FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER facts_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON facts FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER issues_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON issues FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER judgements_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON judgements FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER matters_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON matters FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER meta_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON meta FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER migrations_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON migrations FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER positions_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON positions FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER repeats_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON repeats FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER reports_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON reports FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER runs_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON runs FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
CREATE TRIGGER statements_only_add BEFORE DELETE OR UPDATE OR TRUNCATE ON statements FOR EACH STATEMENT EXECUTE FUNCTION onrecord_only_add();
ALTER TABLE ONLY current_extractions
    ADD CONSTRAINT fk_current_extractions_extraction FOREIGN KEY (extraction) REFERENCES extractions(n);
ALTER TABLE ONLY current_extractions
    ADD CONSTRAINT fk_current_extractions_report FOREIGN KEY (report) REFERENCES reports(id);
ALTER TABLE ONLY extractions
    ADD CONSTRAINT fk_extractions_report FOREIGN KEY (report) REFERENCES reports(id);
ALTER TABLE ONLY facts
    ADD CONSTRAINT fk_facts_extraction FOREIGN KEY (extraction) REFERENCES extractions(n);
ALTER TABLE ONLY judgements
    ADD CONSTRAINT fk_judgements_report FOREIGN KEY (report) REFERENCES reports(id);
ALTER TABLE ONLY positions
    ADD CONSTRAINT fk_positions_extraction FOREIGN KEY (extraction) REFERENCES extractions(n);
ALTER TABLE ONLY positions
    ADD CONSTRAINT fk_positions_extraction_statement FOREIGN KEY (extraction, statement) REFERENCES statements(extraction, id);
ALTER TABLE ONLY repeats
    ADD CONSTRAINT fk_repeats_of FOREIGN KEY (of) REFERENCES reports(id);
ALTER TABLE ONLY repeats
    ADD CONSTRAINT fk_repeats_report FOREIGN KEY (report) REFERENCES reports(id);
ALTER TABLE ONLY statements
    ADD CONSTRAINT fk_statements_extraction FOREIGN KEY (extraction) REFERENCES extractions(n);
