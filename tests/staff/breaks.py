"""Every way in which staff may break content, and what the check has to say to it."""

# A table reads better with one case a line.
# ruff: noqa: E501
from __future__ import annotations

from dataclasses import dataclass

from tests.staff.extra_content import CASE, KNOWLEDGE

K, Q = "data/knowledge/extra.yml", "data/quiz/extra.yml"
DOMAIN, PHRASES, ORGANIZATION = "domain.yml", "data/phrases.yml", "data/organization.yml"
SAFETY, CASES = "data/safety.yml", "data/quiz/cases_extra.yml"
WORDS, GOALS = "data/quiz/words.yml", "data/quiz/goals.yml"
STEPS, CRITERIA, RESULT = "data/quiz/steps.yml", "data/quiz/criteria.yml", "data/quiz/result.yml"
TALK, HELP = "data/conversation/small_talk", "data/conversation/help/nlu.yml"
GREET, THANKS = f"{TALK}/greet.yml", f"{TALK}/thanks.yml"
EXTRA_TALK, ASKING = "data/conversation/faq/extra.yml", "data/conversation/knowledge/nlu.yml"
LANGUAGES, PLACES = "data/languages.yml", "data/places.yml"
END = r"\Z"


@dataclass(frozen=True)
class Break:
    """In `file`, the first match of `old` becomes `new`; then the line with `at` must be complained about."""

    file: str
    old: str
    new: str
    words: tuple[str, ...]
    at: str | None = None
    """Text of the line that the complaint names (its first); the line of the change if not given."""
    told_in: str = ""
    """The file that the complaint names, where it is another."""


FACT = KNOWLEDGE[KNOWLEDGE.index("  - id: extra_length") : KNOWLEDGE.index("  - id: extra_check")]
LONG = "word " * 81
# A question of the quiz whose buttons would be taken for those of common questions.
BUTTON = """\
  faq:
    name: "Other extra"
    asks: "Is this another test?"
    why: "Only tests ask this."
    unsure: "Look at the test."
    kind: year
"""

BREAKS = {
    # The file itself
    "tab": Break(K, r"\n    title:", "\n\ttitle:", ("tab", "two spaces")),
    "tab after spaces": Break(Q, r"\n    asks:", "\n  \tasks:", ("tab", "two spaces"), at="\tasks"),
    "curly quotes": Break(K, 'title: "Extra source"', "title: “Extra source”", ("curly", '"text"')),
    "curly quotes and colon": Break(K, 'title: "Extra source"', "title: “Extra: source”", ("curly", '"text"')),
    "closing quote": Break(K, 'name: "Extra topic"', 'name: "Extra topic', ("double quote is missing",)),
    "opening quote": Break(K, 'name: "Extra topic"', 'name: Extra topic"', ("double quote is missing",)),
    "closing quote at the end": Break(Q, 'says: "Do the extra step."', 'says: "Do the step.', ("double quote",)),
    "colon in text": Break(K, 'title: "Extra source"', "title: Fee: $150", ("colon", "double quotes")),
    "duplicate key": Break(Q, 'name: "Extra question"', 'name: "A"\n    name: "B"', ("name", "twice"), at='name: "B"'),
    "alias": Break(K, "kind: process", "kind: *process", ("YAML alias", "quotes")),
    "tag": Break(K, "kind: process", "kind: !process x", ("YAML tag", "quotes")),
    "second document": Break(K, END, "---\nfacts: []\n", ("second document",)),
    "not UTF-8": Break(K, "Extra source", "caf\udce9", ("UTF-8",), at="sources:"),
    "no mapping": Break(K, r"(?s).*", "- a\n- b\n", ("must start with one of", "topics", "facts")),
    "text behind a hash": Break(K, 'name: "Extra topic"', "name: Extra no #1 topic", ("after #", "double quotes")),
    "lost dash": Break(SAFETY, r"      - kill himself\n", "        - kill himself\n", ("next line", "dash"), at="- kill myself"),
    "response with a wrong key": Break(GREET, r"- text: ", "- txt: ", ("needs texts", "- text:"), at="utter_small_talk/greet:"),
    # Keys and values
    "yes without what has to hold": Break(Q, r"    hard: .*\n", "", ('outcome "extra_outcome"', "needs `hard`"), at="  extra_outcome:"),
    "phrase that stands for too many": Break("data/quiz/questions.yml", r'- about: \["final ', '- about: ["(a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h) (a|b|c|d|e|f|g|h)", "final ', ("stands for over",), at='- about: ["(a|b|c'),
    "list of countries of no option": Break("data/quiz/questions.yml", r"      exempt: \[TM\]", "      exmpt: [TM]", ('unknown option "exmpt"', 'mean "exempt"'), at="    countries:"),
    "several options that there are not": Break(Q, r"    hears:\n", "    several:\n      - said: [x]\n        means: [frist]\n    hears:\n", ('option "frist"', 'mean "first"'), at="      - said"),
    "name that is another option's number": Break(Q, r'also: \["extra one"\]', 'also: ["2"]', ("number of another option",)),
    "question called like another button": Break(Q, r"^questions:\n", f"questions:\n{BUTTON}", ('question "faq"', "Rename"), at="  faq:"),
    "unknown key": Break(K, "kind: official", "knid: official", ('"knid"', 'Did you mean "kind"')),
    "unknown section": Break(Q, "goals:", "gaols:", ('"gaols"', 'Did you mean "goals"')),
    "missing key": Break(K, r"    status: solid\n", "", ('"status" is missing',), at="- id: extra_definition"),
    "missing source list": Break(K, r"    sources: \[extra_source\]\n", "", ('"sources" is missing',), at="- id: extra_d"),
    "empty source list": Break(K, r"sources: \[extra_source\]", "sources: []", ('"sources"', "must not be empty")),
    "empty value": Break(K, r'says: "An extra.*"', "says:", ('"says"', "Write a value")),
    "text for a list": Break(K, r"answers: \[what\]", "answers: what", ('"answers"', "must be a list")),
    "number for a text": Break(K, 'name: "Extra topic"', "name: 2026", ('"name"', "must be text", '"2026"')),
    "mapping for a text": Break(Q, r'\["extra one"\]', "[extra: one]", ("must be text", "double quotes")),
    "no web address": Break(K, "https://example.org/extra", "example.org", ('"url"', "https://")),
    "unknown kind": Break(K, "kind: process", "kind: proces", ('"proces"', 'Did you mean "process"')),
    "unknown status": Break(K, "status: solid", "status: sold", ('"sold"', 'Did you mean "solid"')),
    "unknown verdict": Break(Q, "verdict: possible", "verdict: posible", ('"posible"', 'Did you mean "possible"')),
    "id in capitals": Break(K, "id: extra_definition", "id: Extra Definition", ("small letters",)),
    "text too long": Break(Q, "Only tests ask this.", LONG, ('"why"', "too long", "400")),
    "brief too long": Break(K, 'brief: "3 weeks"', f'brief: "{LONG}"', ('"brief"', "too long", "60")),
    "label too long": Break(Q, "First extra", LONG, ('"label"', "too long", "60")),
    "year that is no year": Break(K, 'as_of: "March 2026"', "as_of: lately", ("as_of", "lately", "undated")),
    "month out of bounds": Break(GOALS, r"first_month: \d+", "first_month: 13", ("first_month",)),
    # Links in the knowledge
    "unknown topic": Break(K, "topic: extra_topic", "topic: extra_topik", ("extra_topik", 'mean "extra_topic"')),
    "unknown attribute": Break(K, r"answers: \[length\]", "answers: [lenght]", ("lenght", 'mean "length"')),
    "unknown source": Break(K, r"sources: \[extra_source\]", "sources: [extra_sorce]", ('mean "extra_source"',)),
    "unknown next topic": Break(K, r"next: \[extra_topic\]", "next: [residancy]", ('mean "residency"',)),
    "unknown topic to compare": Break(K, "residency]", "residancy]", ("residancy", 'mean "residency"')),
    "unknown fact of a comparison": Break(K, r"facts: \[extra_def.*", "facts: [extra_defn]", ('"extra_definition"',)),
    "topic that nothing explains": Break(K, r"answers: \[what\]", "answers: [why]", ("[what]",), at="  extra_topic:"),
    "fact defined twice": Break(K, "  - id: extra_check", FACT + "  - id: extra_check", ("extra_length", "second time")),
    "other name used twice": Break(K, "extra thing of the tests", "Extra-Topic of the Tests", ("already means", '"extra_topic"')),
    "season missing": Break(K, r'    season: "2026 season"\n', "", ("season",), at="  - id: extra_length"),
    "season without a year": Break(K, '"2026 season"', '"this season"', ("its year",), at="  - id: extra_length"),
    "year not in the text": Break(K, "In the 2026 season", "This season", ("must name the year", "2026")),
    "unverified without whom to ask": Break(K, "Check with the host", "Ask the host", ("check with",)),
    "braces in a fact": Break(K, "takes 3 weeks", "takes {extra_length} weeks", ("braces",)),
    # Common questions, and what belongs in every answer on a topic
    "unknown fact in the gist": Break(K, r"gist: \[extra_length\]", "gist: [extra_lenth]", ("unknown fact", 'mean "extra_length"')),
    "unknown fact of a common question": Break(K, r"facts: \[extra_length\]", "facts: [extra_lenth]", ("unknown fact", 'mean "extra_length"')),
    "unknown topic of a common question": Break(K, r"(?<=\[extra_length\]\n)    topic: extra_topic", "    topic: extra_tropic", ("unknown topic", 'mean "extra_topic"')),
    "unknown verdict of a belief": Break(K, 'verdict: "no"', 'verdict: "nope"', ('"nope"', 'mean "no"')),
    "figure that no fact says": Break(K, "topic takes 3 weeks in", "topic takes 5 weeks in", ('"extra_common"', "says 5", "none of its facts")),
    "figure whose fact is not named": Break(K, r"facts: \[extra_length\]", "facts: [extra_definition]", ('"extra_common"', "says 3", "none of its facts"), at='short: "An extra'),
    "common question that leans on its words": Break(K, "An extra topic takes", "Yes, it takes", ("begins with", "leans on the question")),
    "common question that begins with a thing of before": Break(K, "An extra topic takes", "They take", ("leans on the question",)),
    "common question in an essay": Break(K, r'\["Ask for longer."\]', '["A.", "B.", "C."]', ("3 paragraphs", "2 at most")),
    "common question with too long a list": Break(K, r'\["Ask first."\]', '["A.", "B.", "C.", "D.", "E.", "F.", "G."]', ("7 items", "6 at most")),
    "common question without an answer": Break(K, r'    short: "An extra.*\n', "", ('"short" is missing',), at="  extra_common:"),
    "common question without facts": Break(K, r"facts: \[extra_length\]", "facts: []", ('"facts"', "must not be empty")),
    "common question defined twice": Break("data/knowledge/extra_more.yml", "", 'faq:\n  extra_common:\n    asks: "A?"\n    short: "B."\n    facts: [extra_check]\n    topic: extra_topic\n', ('"extra_common"', "second time"), at="  extra_common:"),
    # Links in the quiz
    "unknown criterion": Break(Q, "when: extra_done", "when: extra_dome", ("extra_dome", 'mean "extra_done"')),
    "unknown word in a rule": Break(Q, "{all_of:", "{al_of:", ('"al_of"', 'mean "all_of"')),
    "rule without a list": Break(Q, r"\{all_of: .*\}", "{all_of: extra_done}", ("all_of: [",)),
    "unknown question": Break(Q, "{extra_question:", "{extra_qestion:", ('mean "extra_question"',)),
    "unknown option": Break(Q, "extra_question: first", "extra_question: frist", ('"frist"', 'mean "first"')),
    "unknown option heard": Break(Q, r"means: \[first\]", "means: [frist]", ('mean "first"',), at="- about:"),
    "option without criterion": Break(
        Q, "      second:\n", '      third:\n        label: "Third extra"\n      second:\n', ("third", "decides nothing"),
        at="      third:",
    ),
    "option not sure": Break(Q, "      second:", "      not_sure:", ("added by itself",)),
    "one word for two answers": Break(Q, "Second extra", "Extra one!", ("already means", '"first"')),
    "one word for two goals": Break(Q, "goal of the tests", "usce", ("already means", '"extra_goal"'), at='"usce"', told_in=GOALS),
    "criterion without a test": Break(Q, r"    answer: \{extra_q.*\n", "", ("answer, rule",), at="  extra_done:"),
    "unused criterion": Break(
        Q, "outcomes:\n", '  idle:\n    yes: "Y."\n    no: "N."\n    answer: {extra_question: first}\noutcomes:\n',
        ('"idle"', "is used by no"), at="  idle:",
    ),
    "unknown fact of a case": Break(Q, r"facts: \[extra_def", "facts: [extra_dev", ('mean "extra_definition"',), at="  extra_outcome:"),
    "unknown topic of an outcome": Break(Q, "topic: extra_topic", "topic: extra_tropic", ('mean "extra_topic"',)),
    "unknown kind of rotation": Break(Q, "    topic: extra_topic", "    offers: observer", ('mean "observership"',)),
    "nothing that could be offered": Break(Q, "    topic: extra_topic", "    not_offered: extra_done", ("offers no rotation",)),
    "silent about a no": Break(Q, 'verdict: "no"', 'verdict: "no"\n        silent: true', ('silent about "no"', "verdict: info")),
    "unknown outcome of a goal": Break(Q, r"outcomes: \[extra_", "outcomes: [extre_", ('mean "extra_outcome"',)),
    "unknown step of a plan": Break(Q, r"plan: \[extra_step\]", "plan: [extra_stop]", ('mean "extra_step"',)),
    "outcome in no goal": Break(Q, r"outcomes: \[extra_outcome\]", "outcomes: [match]", ("no goal",), at="  extra_outcome:"),
    "step in no plan": Break(Q, r"plan: \[extra_step\]", "plan: [match_week]", ("plan",), at="  extra_step:"),
    "nobody else": Break(Q, 'verdict: "no"', 'verdict: "no"\n        when: extra_done', ("no `when`",), at="  extra_outcome:"),
    "case after a catch-all": Break(Q, "        when: extra_done\n", "", ("never reached",), at="- verdict: possible"),
    "unknown fact in braces": Break(Q, "{extra_length}", "{extra_lenght}", ('mean "extra_length"',)),
    "fact without a value in braces": Break(Q, "{extra_length}", "{extra_definition}", ("no value",)),
    "unknown fact in a year": Break(Q, "match_year_minus: extra_length", "match_year_minus: extra_lenth", ('mean "extra_length"',)),
    "fact that is no number in a year": Break(Q, "match_year_minus: extra_length", "match_year_minus: extra_check", ("number",)),
    "unknown step before another": Break(STEPS, r"after: \[check_school\]", "after: [check_shcool]", ('mean "check_school"',)),
    "step before itself": Break(STEPS, r"after: \[check_school\]", "after: [pass_step_1]", ("before itself",)),
    "duration without a number": Break(STEPS, "fact: step_1_study_time_imgs", "fact: step_1_definition", ("no number",)),
    "unknown date of a criterion": Break(CRITERIA, "since: match_week", "since: match_weak", ('mean "match_week"',)),
    "unknown goal of an opening": Break(RESULT, r"goals: \[residency\]", "goals: [residence]", ('mean "residency"',)),
    "unknown fact of an outlook": Break(RESULT, r"facts: \[soap_definition\]", "facts: [soap_definiton]", ('mean "soap_definition"',)),
    "goal of the bot missing": Break(GOALS, "\n  unsure:", "\n  unsuer:", ('"unsure" is missing',), at="goals:"),
    "unknown command": Break(WORDS, "\n  restart:", "\n  restrat:", ('mean "restart"',), at="  restrat:"),
    # Files that nothing reads, and lines that Rasa would read
    "reserved key": Break(Q, "        when: extra_done\n", "        rules: extra_done\n", ("rules:", "training data")),
    "reserved key in a text": Break(K, r'says: "An extra topic', 'says: "An extra topic\n      nlu: ', ("nlu:",), at="nlu:"),
    "reserved key at the top": Break(ORGANIZATION, END, "\nresponses:\n", ("responses:",), at="responses:"),
    "file with another ending": Break("data/knowledge/more.yaml", "", "facts: []\n", ("more.yml",)),
    "file too deep": Break("data/quiz/more/questions.yml", "", "questions: {}\n", ("not read", "data/quiz")),
    "case with a key twice": Break(CASES, "", "cases:\n  - name: x\n    name: y\n", ("twice",), at="    name: y"),
    "case with an unknown answer": Break(CASES, "", CASE.replace("first", "frist"), ('mean "first"',), at="answers"),
    "case with an unknown outcome": Break(CASES, "", CASE.replace("extra_outcome", "extra_outcom"), ('mean "extra_outcome"',), at="extra_outcom"),
    "case that does not hold": Break(CASES, "", CASE, ('"depends", not "no"',), at="  - name"),
    # Organization, phrases and safety
    "unknown intent of a danger": Break(SAFETY, r"\n  crisis:", "\n  crisys:", ("unknown intent", 'mean "crisis"'), at="  crisys:"),
    "danger without phrases": Break(SAFETY, r"(?s)\n  crisis:.*", "\n  crisis:\n    phrases: []\n", ('"phrases"', "must not be empty"), at="    phrases: []"),
    "danger that is no word": Break(SAFETY, r"(?s)\n  crisis:.*", '\n  crisis:\n    phrases: ["?!"]\n', ("no word",), at='["?!"]'),
    "unknown specialty": Break(ORGANIZATION, r"specialty: pediatrics", "specialty: pediatriks", ('mean "pediatrics"',)),
    "kind of rotation": Break(ORGANIZATION, "kind: clerkship", "kind: clarkship", ('mean "clerkship"',)),
    "unknown braces in a language": Break(LANGUAGES, r": \{page\}", ": {pgae}", ("{pgae}", "cannot be filled in", "page")),
    "language without words for danger": Break(LANGUAGES, r"    emergency: .*\n", "", ('"emergency" is missing',), at="  es:"),
    "unknown key of a language": Break(LANGUAGES, r"    crisis: ", "    crysis: ", ('"crysis"', 'mean "crisis"')),
    "place that is no list": Break(PLACES, r'AF: \[.*\]', 'AF: "afghan"', ("must be a list",)),
    "phrase missing": Break(PHRASES, r"\n  check_me:", "\n  chek_me:", ('"check_me" is missing', '"chek_me"'), at="phrases:"),
    "phrase unused": Break(PHRASES, END, '\n  never_said: "Hm."\n', ('"never_said"', "never said"), at="never_said"),
    "phrase of a family missing": Break(PHRASES, r"  low_verdict_likely: .*\n", "", ("low_verdict_likely",), at="phrases:"),
    "braces that nothing fills in": Break(PHRASES, r"\{topic\}: \{asked\}", "{topic}: {aksed}", ("{aksed}", 'mean "asked"')),
    "braces lost": Break(PHRASES, r"as of \{date\}", "as of then", ('"as_of"', "{date}")),
    # Conversation
    "intent not in domain": Break(DOMAIN, r"  - small_talk\n", "", ('"small_talk"', "domain.yml"), at="- intent: small_talk/greet", told_in=GREET),
    "intent without examples": Break(DOMAIN, "  - affirm\n", "  - affirm\n  - afirm\n", ('"afirm"', "no examples"), at="  - afirm\n"),
    "intent that no rule uses": Break(DOMAIN, "  - affirm\n", "  - affirm\n  - afirm\n", ('"afirm"', "no rule"), at="  - afirm\n"),
    "intent twice": Break(DOMAIN, "  - deny\n", "  - affirm\n  - deny\n", ('"affirm"', "twice")),
    "common question without examples": Break(
        K, "\ncomparisons:", '\n  extra_silent:\n    asks: "A?"\n    short: "B."\n    facts: [extra_check]\n    topic: extra_topic\ncomparisons:',
        ('"extra_silent"', "no examples", "faq/extra_silent"), at="  extra_silent:",
    ),
    "examples of no common question": Break(EXTRA_TALK, "faq/extra_common", "faq/extra_comon", ("no common question", 'mean "extra_common"')),
    "common question that lost its examples": Break(EXTRA_TALK, "faq/extra_common", "faq/extra_comon", ('"extra_common"', "no examples"), at="  extra_common:", told_in=K),
    "attribute without examples": Break(ASKING, r"  - intent: ask/paid\n    examples: \|\n(?:      - .*\n)+", "", ('"paid"', "no examples", "ask/paid"), at="  paid:", told_in="data/knowledge/attributes.yml"),
    "examples of no attribute": Break(ASKING, "intent: ask/odds", "intent: ask/ods", ("no attribute", 'mean "odds"')),
    "examples of a common question twice": Break(EXTRA_TALK, END, "  - intent: faq/extra_common\n    examples: |\n      - one more extra thing\n", ('"faq/extra_common"', "twice")),
    "one example of two common questions": Break(THANKS, r"- intent: small_talk/thanks\n.*\n", "- intent: small_talk/thanks\n    examples: |\n      - Extra topic: how many weeks is THAT?\n", ('"small_talk/thanks"', '"faq/extra_common"'), at="      - Extra topic: how"),
    "too few examples of a common question": Break(EXTRA_TALK, r"      - I heard .*\n", "", ("4 examples", "5"), at="- intent: faq/extra_common"),
    "action without class": Break(DOMAIN, "  - action_menu\n", "  - action_menu\n  - action_menue\n", ("no class", '"action_menu"'), at="menue"),
    "action not in domain": Break(DOMAIN, r"  - action_menu\n", "", ('"action_menu" is not in domain.yml',), at="class ActionMenu", told_in="actions/help_actions.py"),
    "action renamed in the code": Break("actions/help_actions.py", 'return "action_menu"', 'return "action_main"', ('"action_menu" has no class',), at="  - action_menu", told_in=DOMAIN),
    "action twice": Break("actions/help_actions.py", 'return "action_contact"', 'return "action_menu"', ('"action_menu"', "twice"), at="class ActionContact"),
    "action whose name is worked out": Break("actions/help_actions.py", 'return "action_menu"', "return ROOT.name", ("plain text",), at="class ActionMenu"),
    "code that Python cannot read": Break("actions/help_actions.py", r'return "action_menu"', 'return "action_menu', ("Python cannot read",)),
    "unknown action in a rule": Break(f"{TALK}/rules.yml", "action: utter_small_talk", "action: action_meny", ('mean "action_menu"',)),
    "unknown form in the code": Break("actions/turn.py", r'FollowupAction\(FORM\)', 'FollowupAction("quiz_from")', ('mean "quiz_form"',)),
    "unknown intent in a rule": Break(f"{TALK}/rules.yml", "intent: small_talk", "intent: small_tlk", ('mean "small_talk"',)),
    "unknown form in a rule": Break(f"{TALK}/rules.yml", "active_loop: quiz_form", "active_loop: quiz_frm", ('mean "quiz_form"',)),
    "unknown slot in a rule": Break("data/conversation/quiz/rules.yml", "- requested_slot", "- quizz", ("unknown slot", 'mean "quiz"')),
    "unknown key of a step": Break(f"{TALK}/rules.yml", "- intent: small_talk", "- intnt: small_talk", ('mean "intent"',)),
    "unknown response": Break(f"{TALK}/rules.yml", "action: utter_small_talk", "action: utter_small_tlk", ("not defined", 'mean "utter_small_talk"')),
    "response twice": Break("data/conversation/declines/responses.yml", END, '\n  utter_small_talk/greet:\n    - text: "Hi."\n', ('"utter_small_talk/greet"', "twice"), at="  utter_small_talk/greet:", told_in=GREET),
    "response unused": Break(GREET, END, '\n  utter_idle:\n    - text: "Hm."\n', ('"utter_idle"', "used by no"), at="  utter_idle:"),
    "response that no examples lead to": Break(GREET, "utter_small_talk/greet:", "utter_small_talk/gret:", ('"utter_small_talk/gret"', "no examples", 'mean "small_talk/greet"')),
    "examples without response": Break(GREET, "utter_small_talk/greet:", "utter_small_talk/gret:", ('"small_talk/greet"', "no response", 'mean "utter_small_talk/gret"'), at="- intent: small_talk/greet"),
    "examples misspelled behind the slash": Break(GREET, "- intent: small_talk/greet", "- intent: small_talk/gret", ('"small_talk/gret"', "no response", 'mean "utter_small_talk/greet"')),
    "response without text": Break(GREET, END, "\n  utter_idle:\n", ("needs texts",), at="  utter_idle:"),
    "response without utter": Break(GREET, END, '\n  idle:\n    - text: "Hm."\n', ("utter_idle",), at="  idle:"),
    "form slot unknown": Break(DOMAIN, "      - quiz_answer\n", "      - quiz_anser\n", ("unknown slot", '"quiz_answer"'), at="      - quiz_anser"),
    "form slot that nothing asks for": Break(DOMAIN, "      - quiz_answer\n", "      - quiz_answer\n      - misses\n", ("nothing asks", "utter_ask_misses"), at="      - misses"),
    "example under two intents": Break(THANKS, r"- intent: small_talk/thanks\n.*\n", "- intent: small_talk/thanks\n    examples: |\n      - HELLO!\n", ('"small_talk/thanks"', '"small_talk/greet"'), at="      - HELLO!"),
    "too few examples": Break(HELP, END, "\n  - intent: gret\n    examples: |\n      - hei\n", ("1 examples", "5"), at="- intent: gret\n"),
    "command as example": Break(GREET, "      - hello\n", "      - /hello\n", ("begins with",)),
    "broken annotation": Break(GREET, "      - hello\n", "      - hello [rotation](topic\n", ("bracket", "[word](entity)")),
    "unknown entity": Break(GREET, "      - hello\n", "      - hello [rotation](topik)\n", ('mean "topic"',)),
    "line lost among the examples": Break(GREET, "      - hello\n", "      hello\n", ('starts with "- "',)),
    "examples missing": Break(GREET, r"    examples: \|\n      - hi\n", "    examples:\n      - hi\n", ("examples: |",), at="- intent: small_talk/greet"),
    "version missing": Break(f"{TALK}/rules.yml", r'version: "3.1"\n', "", ('version: "3.1"',), at="rules:"),
    "version without quotes": Break(f"{TALK}/rules.yml", r'version: "3.1"', "version: 3.1", ("with quotes",)),
    "unknown section of a conversation": Break(f"{TALK}/rules.yml", r"(?m)^rules:", "ruls:", ('mean "rules"',)),
    "rule without steps": Break(f"{TALK}/rules.yml", "    steps:", "    stepps:", ("steps:",), at="  - rule:"),
    "duplicate key in the domain": Break(DOMAIN, "entities:", "intents: []\nentities:", ('"intents"', "twice"), at="intents: []"),
}  # fmt: skip

# What people do who do not know YAML. Each complaint names the right form of the very line.
TYPICAL = {
    "no space after the colon": Break(K, "kind: process", "kind:process", ("space is missing", "kind: process")),
    "no colon": Break(K, "kind: process", "kind process", ('"kind process" has no colon', "key: value")),
    "section without a colon": Break(K, r"\nfacts:\n", "\nfacts\n", ('"facts" has no colon',)),
    "equals sign for the colon": Break(K, "kind: process", "kind = process", ("colon", "kind: process")),
    "semicolon for the colon": Break(K, "kind: process", "kind; process", ("colon", "kind: process")),
    "full-width colon": Break(K, "kind: process", "kind\uff1a process", ("colon", "kind: process")),
    "one space too many": Break(K, "\n    kind: process", "\n     kind: process", ("5 spaces", "line above it with 4")),
    "one space too few": Break(K, "\n    kind: process", "\n   kind: process", ("3 spaces", "line above it with 4")),
    "entry one space too far": Break(K, "\n  - id: extra_length", "\n   - id: extra_length", ("3 spaces", "dash")),
    "section with spaces before it": Break(K, r"\nfacts:", "\n  facts:", ('"facts:"', "very start")),
    "no space after the dash": Break(K, "- id: extra_length", "-id: extra_length", ("after the dash", "- id: extra_length")),
    "long dash": Break(K, "- id: extra_length", "\u2013 id: extra_length", ("hyphen", "- id: extra_length")),
    "bullet": Break(K, "- id: extra_length", "\u2022 id: extra_length", ("hyphen", "- id: extra_length")),
    "dash of an entry lost": Break(K, "  - id: extra_length", "    id: extra_length", ('"id"', "twice", 'the "- "')),
    "bracket not closed": Break(K, r"next: \[extra_topic\]", "next: [extra_topic", ("] at the end", "next: [extra_topic]")),
    "bracket of another kind": Break(K, r"next: \[extra_topic\]", "next: [extra_topic)", ("] at the end", "next: [extra_topic]")),
    "round brackets": Break(K, r"next: \[extra_topic\]", "next: (extra_topic)", ("must be a list", "next: [first, second]")),
    "comma of a list lost": Break(K, '", "extra thing', '" "extra thing', ("comma is missing", '["first", "second"]')),
    "comma between names lost": Break(K, "extra_topic, residency", "extra_topic residency", ("comma between them", "[first, second]")),
    "semicolon in a list": Break(K, "extra_topic, residency", "extra_topic; residency", ("comma between them", "[first, second]")),
    "two commas": Break(K, '", "extra thing', '", , "extra thing', ("between two commas",)),
    "comma at the end": Break(K, r"next: \[extra_topic\]", "next: [extra_topic],", ("comma stands at the end", "next: [extra_topic]")),
    "double quotes inside a text": Break(K, r'says: "An extra', 'says: "An "extra"', (r'written \"', r'says: "An \"extra\" topic')),
    "text after the closing quote": Break(K, r'"Extra topic"', '"Extra" topic', ("double quote inside",)),
    "apostrophe in single quotes": Break(K, r'"An extra topic is.*"', "'It isn't so.'", ("apostrophe", 'says: "It isn\'t so."')),
    "quotes of two kinds": Break(K, '"Extra topic"', "\"Extra topic'", ("double quote is missing", '"text"')),
    "low and high quotes": Break(K, '"Extra topic"', "\u201eExtra topic\u201c", ("curly", '"text"')),
    "text that begins with a star": Break(K, r'"An extra topic is.*"', "*Only* for tests.", ("begins with *", 'says: "*Only* for tests."')),
    "text that begins with a bracket": Break(K, r'"An extra topic is.*"', "[Only] for tests.", ("begins with [", 'says: "[Only] for tests."')),
    "text that begins with a percent sign": Break(K, r'"An extra topic is.*"', "% of all.", ("begins with %", 'says: "% of all."')),
    "fee with a colon": Break(K, r'"An extra topic is.*"', "Fee: 150", ("colon", 'says: "Fee: $150"')),
    "backslash": Break(K, "An extra topic is", "A C:\\My extra topic is", ("backslash", "twice")),
    "spaces copied from a web page": Break(K, "\n    kind", "\n\u00a0\u00a0\u00a0 kind", ("cannot be seen", "anew")),
    "character that cannot be seen": Break(K, "kind: process", "\ufeffkind: process", ("cannot be seen", "anew")),
    "key with a capital": Break(K, "kind: process", "Kind: process", ('"Kind"', 'Did you mean "kind"')),
    "note without a hash": Break(K, r"\nfacts:", "\n// new facts\nfacts:", ('"// new facts"', '"# "'), at="// new"),
    "lines of two versions": Break(K, r"\nfacts:", "\n<<<<<<< HEAD\nfacts:", ("two versions", ">>>>>>>"), at="<<<<<<<"),
    "comma in a number": Break(K, "value: 3", "value: 3,5", ("is a number", "3.5")),
    "file saved as text": Break("data/knowledge/more.yml.txt", "", "facts: []\n", ("not read", "more.yml"), at="facts"),
    "intent misspelled": Break(GREET, "- intent: small_talk/greet", "- intent: smal_talk/greet", ('"smal_talk"', "domain.yml"), at="- intent: smal_talk"),
    "word intent misspelled": Break(GREET, "- intent: small_talk/greet", "- intnet: small_talk/greet", ('"intnet"', "intent"), at="- intnet"),
    "dash of an example lost": Break(GREET, "      - hello\n", "      hello\n", ("hello", 'starts with "- "')),
    "example too far left": Break(GREET, "      - hello\n", "  - hello\n", ("goes on in the next line", "dash")),
    "upright line of the examples lost": Break(GREET, r"examples: \|", "examples:", ("examples: |",), at="- intent: small_talk/greet"),
}  # fmt: skip
