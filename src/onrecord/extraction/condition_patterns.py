"""The wordings of conditions: what opens one, what limits, what must come first, and what only looks like one.

In: nothing. Out: patterns and word sets, used by :mod:`~onrecord.extraction.condition_wordings`. Source: guideline
rules 6 and 13, and the classes of wording in our own passages (training/positions).
"""

from __future__ import annotations

import re

from onrecord.extraction.lexicon import word_set

CLAUSE = word_set("if unless until till once provided providing lest")
"""Words that open a clause of condition."""
SOFT_CLAUSE = word_set("after before when")
"""The same, which as often tell only when."""
PREPOSITIONS = word_set("without until till pending after before under absent barring")
"""Prepositions of condition."""
NONE = re.compile(
    r"^(?:on (?:the )?condition of anonymity|(?:if|when|where|once)\s+(?:needed|asked|necessary|required|"
    r"possible|requested|called (?:up)?on|it comes|any|and when|appropriate|so|not)\b|"
    r"(?:if|when|unless|once) (?:it|they|he|she|we|the \w+) (?:is|are|was|were|had been|has been|have "
    r"been) (?:formally )?"
    r"asked\b(?! to)|(?:not )?under (?:consideration|discussion|pressure|review|way|study)\b|without "
    r"(?:giving|naming|saying|"
    r"elaborat\w+|mention\w+|specif\w+|details|comment|a word|further|offering|explain\w+|going into|doubt|delay|"
    r"changes?(?! (?:to|in|of)\b)|reservations?|hesitation|exceptions?)\b|"
    r"as (?!long|soon|part|far|a (?:pre-?)?condition)\w|(?:at )?(?:its|their|his|our) own (?:cost|expense)\b|"
    r"(?:from|on|since|by) (?:(?:early|mid|late|the end of|next|this) )*(?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow)\W*$|"
    r"under (?:an?|the) (?:[\w-]+ ){0,3}?(?:accord|agreement|pact|deal|treaty|contract|memorandum|programme|scheme) "
    r"(?:of|from|signed in|that dates) |"
    r"until (?:now|recently|today|last|yesterday|then)\b|if (?:he|she|they) (?:would|could)\b|"
    r"under any\b|in any (?:form|case|event)\b|at any price|"
    r"(?:next|this|these|within|during|for|of|in|at|from|over)(?: [\w-]+){0,3} (?:years?|months?|weeks?|days?|spring|"
    r"summer|autumn|winter|\d{4})\W*$)",
    re.I,
)
"""What looks like a condition and is none."""
DECIDING = word_set(
    "commit confirm decide agree act move deploy send join dispatch contribute sign take make say pledge"
)
"""Behind "before" these name the step that is held back, not what it waits for ("before committing it wants ...")."""
BEGINNING = word_set("come begin start follow happen go leave move sail")
"""Verbs of beginning: "would come when everything is over" waits, whatever the kind."""
STEPS = word_set(
    "participation deployment contribution involvement role decision dispatch troop force step peacekeeper soldier"
)
"""Nouns that a condition can hang on ("a deployment after a ceasefire")."""
FRAGMENT = re.compile(r"\b(?:the|an?|of|to|its|their|in|on|by|with|and|or|for|from|at|under)\W*$", re.I)
"""What ends in the middle of a phrase is a slip of the model, no condition."""
EXISTING = re.compile(r"\W*under (?:the )?(?:[\w.]+ ){0,3}?resolution \d+", re.I)
"""A resolution that is there already is what a force is founded on, not what it waits for."""
LIMIT = re.compile(
    r"\b(?:(?:but )?not (?:to|for) (?:disarm\w*|fight\w*|combat|take part in|engage)\b[^.,;]*|no combat(?: role|"
    r" duties| troops)?|(?:in )?(?:a )?non-combat(?: \w+)?|(?:strictly |purely |only )?(?:limited|confined|"
    r"restricted) "
    r"to [^.,;]+|(?:tightly |strictly )limited (?:powers|role|mandate|tasks)|(?:but )?not (?:in|inside|"
    r"on|into|beyond|with|to) (?:[A-Z]\w+|the \w+|combat)(?: (?:or (?:in |inside )?)?[A-Z]?\w+)?|outside "
    r"(?:the )?[A-Z]\w+"
    r"(?: [A-Z]\w+)?|only (?:for|in|as|on|at|along|to|within|under|from) [^.,;]+|"
    r"(?:strictly|purely|solely|exclusively) (?:\w+ly )?(?:humanitarian|defensive|medical|non-combat|peacekeeping|"
    r"logistic\w*|advisory|guard|support|training|technical)\b[^.,;]*|in (?:a )?(?:non-combat|purely \w+|"
    r"strictly \w+) "
    r"(?:role|capacity|roles)|(?:(?:\w+ )?is )?humanitarian only|"
    r"(?:would|will|shall|must|may|could|and|or) (?:not|never) (?:be (?:used|allowed|permitted|placed|stationed|"
    r"engaged|involved)\b[^.;]*|(?:enter|patrol|serve|operate|disarm|fight|cross|go beyond|take part|"
    r"engage)\b[^.;]*)|"
    r"(?:would|will|shall|to|and|must|may) (?:do|take|have|play) no (?:part|crowd|combat|role|policing|\w+ control)\b"
    r"[^.;]*|avoid(?:ing)? (?:all |any )?(?:combat|fighting|clashes)\b[^.,;]*?(?= and (?:be|will|would|to)\b|[.,;]|$)|"
    r"(?:stay|keep|kept) out of [^.,;]*|"
    r"(?:stay|stays|remain|remains|remaining|serve|operate|act|work|be|come) (?:only )?under "
    r"(?:[^\s.,;]+ ){1,5}?(?:command"
    r"|control|leadership|flag|officers?|discipline|orders)\b|"
    r"(?:on|within|along|inside|from) (?:the|its|their|his|our) [^.,;:]{3,50} only\b)",
)
"""Limits to role, place and command."""
ABSENCE = re.compile(
    r"\b(?:citing|because of|given|due to|in) (?:the )?((?:continued )?(?:absence|"
    r"lack) of [^.,;]+?)(?= as | for |[.,;]|$)",
    re.I,
)
"""What a refusal says is missing."""
DEMAND = re.compile(
    r"\b(?:insist(?:s|ed|ing)? (?:on|that)|depend(?:s|ed|ing|ent)? (?:up)?on|hinge[sd]? (?:up)?on|"
    r"conditional (?:up)?on|"
    r"contingent (?:up)?on|subject to|require[sd]?|await(?:s|ed|ing)?|waiting for|wait(?:s|ed)? for|"
    r"on (?:the )?condition (?:that|of)|(?:is |are )?condition(?:s|ed)? (?:on|that)|tied to|provided that|"
    r"(?:so|as) long "
    r"as|as soon as|in case|would need|will need|needs|a pre-?condition|only with|only under|only as "
    r"part of|in return "
    r"for|in exchange for|on the understanding that|in so far as|not as long as|upon (?:the |its |their )?(?:consent|"
    r"request|invitation|approval)|at the (?:express )?(?:request|invitation) of|"
    r"should\s+(?=(?:the |its |it |they |[A-Z])[\w’' ]{0,40}?\b(?:wish|want|ask|take|agree|decide|approve|"
    r"invite|allow|be|"
    r"hold|give|come|vote)\b))\s*",
    re.I,
)
"""Wordings behind which a condition stands."""
SET = re.compile(
    r"\b(?:made|makes|making|sets?|named?|names) ((?:an?|the|its|such) [\w ’'-]{3,60}?) (?:as )?(?:its|"
    r"their|an?|the|his) "
    r"(?:\w+ )?(?:pre-?)?condition\b",
    re.I,
)
""""made a mandate its condition"."""
NEED = re.compile(
    r"\b(?:(?:would|will|still|first|also) (?:(?:still|first|also) )?(?:have|has|need|needs) to\b|(?:has|"
    r"have|had) (?:yet|"
    r"first|still) to\b|must (?:first|still|also)?\b|(?:has|have|needs?) (?:first |still )?to (?:be|give|stop|leave|"
    r"withdraw|approve|agree|come|take)\b|(?:is|are|was|were) (?:first |still |also )?(?:required|necessary|needed|"
    r"indispensable|essential|paramount|non-negotiable|(?:a|the) (?:red )?line|a must|a pre-?condition|"
    r"a prerequisite)\b|"
    r"(?:would|will) be (?:required|necessary|needed|essential)\b|(?:lies|lay|rests|rested) with\b|(?:is|"
    r"was) (?:for|up "
    r"to) (?:the )?(?:\w+ )?(?:cabinet|parliament|government|president|council|assembly|congress|senate)\b|"
    r"(?:government|cabinet|parliament|president|congress|assembly|council|king|leadership) (?:will|would|"
    r"is to) (?:take|"
    r"make|have) (?:the|a|any) (?:final )?(?:decision|say|word)|decision (?:would|will|must)\b|(?:has|"
    r"have) not (?:yet )?"
    r"(?:passed|approved|voted|ratified|signed))",
    re.I,
)
"""What a sentence of its own says must come first."""
WANTS = re.compile(
    r"\b(?:wants?|wanted|seeks?|sought|demand(?:s|ed)?|ask(?:s|ed)? for|call(?:s|ed) for|expects?|'d want|"
    r"would want)\s+"
    r"(?:(?:\w+ ){0,3}?(?:guarantees?|clarity|clearer|clear|details|assurances?|mandate|answers?|to know|"
    r"to see|consent|"
    r"protection|neutral|invitation|legal basis|vote)\b|[^.,;]{2,60}? first\b(?! \w))",
    re.I,
)
"""What a party wants before it decides."""
ANNOUNCED = re.compile(
    r"\b(?:(?:pre-?)?conditions?|requirements?|prerequisites?|provisos?|caveats?|limits)\b[^.:]{0,60}:|"
    r"\b(?:(?:two|three|four|five|six|several|some|certain|a few|one|these|the following) (?:\w+ "
    r")?(?:(?:pre-?)?conditions?|"
    r"requirements?|prerequisites?|provisos?|caveats?|limits?|things?|matters?|questions?|points?|steps?|"
    r"issues?|demands?)"
    r"|conditions? (?:is|are|was|were|hold|apply|include))\b",
    re.I,
)
""""Two conditions apply", "conditions: ..."."""
UNANNOUNCED = re.compile(
    r"\b(?:no|without(?: any)?|un)(?: pre)?-?conditions?\b|condition of anonymity|conditions? (?:in|at) "
)
"""The same words where none follow."""
CUT = re.compile(
    r"\s*;\s*|,?\s+and that\s+|,\s+(?:and\s+|that\s+|or\s+)*|\s+and\s+(?=(?:that|an?|the|no|not|its|their)\b|[A-Z])"
)
"""Where one item of a list ends."""
OPENS = re.compile(
    r"[\W_]*(?:only|not|but not|no|if|unless|until|till|once|before|after|when|as soon as|as long as|so "
    r"long as|provided|"
    r"providing|without|under|pending|subject to|depend\w*|hinge\w*|insist\w*|await\w*|wait\w*|in case|"
    r"in return|on condition|"
    r"conditional|must|would (?:have|need)|will need|requires?|needs?|outside|strictly|limited|never|nor|"
    r"while|should|so that|"
    r"upon|in exchange|tied to|exclusively|solely|purely)\b",
    re.I,
)
"""What words of condition and of limits begin with."""
AND = re.compile(r",? and (?:(?:only )?if |that |once |until )?|, (?:(?:if|once|unless) )?", re.I)
"""Where one of several conditions ends."""
OWN_SUBJECT = re.compile(
    r"(?:the |its |an? |all |both )?(?:[\w’'-]+ ){1,4}?(?:is|are|has|have|will|would|sets?|gives?|agrees?|holds?|"
    r"approves?|votes?)\b"
)
"""The beginning of a clause with a subject of its own."""
SAYING = re.compile(
    r",?\s+(?:[A-Z]\w+|he|she|it|they|the \w+|a \w+|its \w+|his \w+)(?: [\w’'-]+){0,6} (?:said|says|told|"
    r"added|stressed|"
    r"stated|noted|insisted|explained|warned|promised|argued|conceded|confided|reported|reports|wrote|"
    r"confirmed|announced|"
    r"went on|according)\b|[;”]|\s[–—-]\s|, according to|, (?:whose|which|who|where|although|though|while|because) "
)
"""Where who says it begins, or the condition is over."""
ASKING = frozenset({"ask", "wonder", "doubt"})
"""Verbs whose "if" asks."""
WONDERING = frozenset({"know", "say", "see", "tell"})
"""The same where the clause is their complement."""
