"""A small piece of whole content that a test can break without leaning on what staff write today."""

KNOWLEDGE = """\
sources:
  extra_source:
    title: "Extra source"
    url: https://example.org/extra
    kind: official
topics:
  extra_topic:
    name: "Extra topic"
    kind: process
    aliases: ["extra topic of the tests", "extra thing of the tests"]
    next: [extra_topic]
    gist: [extra_length]
facts:
  - id: extra_definition
    topic: extra_topic
    answers: [what]
    says: "An extra topic is only for tests."
    as_of: "March 2026"
    changes: never
    status: solid
    sources: [extra_source]
  - id: extra_length
    topic: extra_topic
    answers: [length]
    says: "In the 2026 season it takes 3 weeks."
    brief: "3 weeks"
    value: 3
    unit: weeks
    as_of: "March 2026"
    changes: each_season
    season: "2026 season"
    status: solid
    sources: [extra_source]
  - id: extra_check
    topic: extra_topic
    answers: [cost]
    says: "Check with the host what it costs."
    as_of: undated
    changes: sometimes
    status: check
    sources: [extra_source]
faq:
  extra_common:
    asks: "Does an extra topic take long?"
    verdict: "no"
    short: "An extra topic takes 3 weeks in the 2026 season."
    more: ["Ask for longer."]
    steps: ["Ask first."]
    facts: [extra_length]
    topic: extra_topic
comparisons:
  - topics: [extra_topic, residency]
    says: ["One is for tests."]
    facts: [extra_definition]
"""

QUIZ = """\
questions:
  extra_question:
    name: "Extra question"
    asks: "Is this a test?"
    why: "Only tests ask this."
    unsure: "Look at the test."
    options:
      first:
        label: "First extra"
        also: ["extra one"]
      second:
        label: "Second extra"
    hears:
      - about: ["extra story of the tests"]
        means: [first]
  extra_year:
    name: "Extra year"
    asks: "In which year was this test written?"
    why: "Only tests ask this."
    unsure: "Look at the test."
    kind: year
criteria:
  extra_done:
    yes: "You are done."
    no: "You are not done."
    answer: {extra_question: first}
  extra_recent:
    yes: "It is recent."
    no: "It is old."
    answer: {extra_year: {at_least: {match_year_minus: extra_length}}}
outcomes:
  extra_outcome:
    name: "Extra outcome"
    topic: extra_topic
    hard: {all_of: [extra_done, extra_recent]}
    cases:
      - verdict: "yes"
        when: {all_of: [extra_done, extra_recent]}
        says: "It takes {extra_length} weeks."
        facts: [extra_length]
      - verdict: possible
        when: extra_done
        says: "It may be open."
        facts: [extra_length]
      - verdict: "no"
        says: "It is closed."
        facts: [extra_definition]
goals:
  extra_goal:
    label: "Extra goal"
    also: ["goal of the tests"]
    outcomes: [extra_outcome]
    plan: [extra_step]
steps:
  extra_step:
    says: "Do the extra step."
    done: extra_done
    facts: [extra_definition]
"""

EXAMPLES = """\
version: "3.1"
nlu:
  - intent: faq/extra_common
    examples: |
      - does the extra topic of the tests last
      - extra topic, how many weeks is that
      - is the extra topic of the tests a long one
      - extra thing of the tests, over soon?
      - I heard the extra topic never ends
"""

CASE = """\
cases:
  - name: "An extra that is done is open"
    answers: {extra_question: first}
    expect:
      extra_outcome: {verdict: "no"}
"""
