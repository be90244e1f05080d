"""What is so, and what is not: wishes, plans, denials, questions and suppositions make no fact."""

from __future__ import annotations

import pytest

from img_pathway.quiz.state import Answer
from tests.quiz.content import bot

BOTH = ("both", "certified", "expired")
STEP_1, NOT_STEP_1 = ("step_1", *BOTH), ("none", "step_2_ck")
STEP_2, NOT_STEP_2 = ("step_2_ck", *BOTH), ("none", "step_1")
CERTIFIED, NOT_CERTIFIED = ("certified", "expired"), ("none", "step_1", "step_2_ck", "both")
LATE_OR_NOT = ("limit", "passed_late")
NO_GREEN_CARD = ("visa", "citizen", "work_permit", "in_us")
GRADUATE = {"stage": "graduate"}
IMG = {"school_place": "elsewhere"}

KINDS: dict[str, dict[str, dict[str, Answer]]] = {
    "a wish is no fact": {
        "I am a foreign doctor and want to do residency in the US": GRADUATE,
        "i want to pass step 1 next year": {"progress": NOT_STEP_1},
        "i hope to become a US citizen": {},
        "my dream is to be certified": {},
        "i wish i had a green card": {},
        "my aim is 260 on ck": {},
        "looking for a categorical pgy2": {},
        "i would love to go to a caribbean school": {},
        "i want a green card": {},
        "i need to pass ck": {"progress": NOT_STEP_2},
    },
    "a denial is a fact of its own": {
        "i graduated in 2016 not 2019": {**GRADUATE, "graduation_year": 2016},
        "i have no green card": {"status": NO_GREEN_CARD},
        "i don't have citizenship or a green card": {"status": ("visa", "work_permit", "in_us")},
        "GC no": {"status": NO_GREEN_CARD},
        "certified? no": {"progress": NOT_CERTIFIED},
        "step 3 no": {"step_3": "no"},
        "I never took step 3": {"step_3": "no"},
        "i have not passed step 1": {"progress": NOT_STEP_1},
        "not a single step": {"progress": "none"},
        "neither step 1 nor ck passed": {"progress": "none"},
    },
    "a plan is no pass": {
        "step 1 passed, step 2 in january": {"progress": "step_1"},
        "step 1 pass ho gaya, ab step 2 ki tayyari": {"progress": STEP_1},
        "step 3 booked for feb": {"step_3": "no"},
        "ck scheduled": {"progress": NOT_STEP_2},
        "planning oet in march": {"oet": "no"},
        "i will have finished core clerkships by june": {"core_done": "no"},
        "green card pending": {"status": ("visa", "work_permit", "in_us")},
        "i am going to take step 1": {"progress": NOT_STEP_1},
        "thinking of a caribbean school": {},
        "i will graduate in 2028": {"graduation_year": 2028},
    },
    "failures are counted, and a pass that follows is seen": {
        "step 1 fail then pass, step 2 ck pass": {"progress": BOTH, "attempts": "under"},
        "2 attempts step 1, ck 245": {"progress": STEP_2, "attempts": "under"},
        "S1: F F P / CK: P": {"progress": BOTH, "attempts": "under"},
        "ck: 208 fail, 215 fail, 221 pass": {"progress": STEP_2, "attempts": "under"},
        "passed step 1 on the third try": {"progress": STEP_1, "attempts": "under"},
        "failed Step 2 CK 4 times": {"attempts": LATE_OR_NOT},
        "six attempts at step 1": {"attempts": LATE_OR_NOT},
        "I couldn't pass ck even after 4 tries": {"progress": NOT_STEP_2, "attempts": "limit"},
        "step 1 first attempt 240": {"progress": STEP_1, "attempts": "under"},
        "failed the plab 5 times": {},
    },
    "what has run out is not valid": {
        "my pathway has run out": {"skills": ("nothing", "cs_failed")},
        "certified but certificate expired": {"progress": "expired"},
        "I used to have a valid ECFMG certificate. Not now.": {"progress": "expired"},
        "oet expired": {"oet": "no"},
        "my EAD expired": {"status": ("visa", "work_permit", "in_us")},
        "pathway was accepted but it has expired": {"skills": ("nothing", "cs_failed")},
        "i was on a j1 until 2019": {},
    },
    "what is asked or supposed is no fact": {
        "if i pass step 1 can i match": {},
        "can i apply with a green card?": {},
        "what happens when my certificate expires?": {},
        "suppose i fail ck in december": {},
        "does two attempts at step 1 hurt?": {},
        "let's say i am a us citizen": {},
        "is step 1 still valid?": {},
        "imagine i pass ck with 250": {},
        "were i a citizen, would it matter?": {},
        "I heard that everyone certified gets in": {},
    },
    "another person's record is not mine": {
        "my friend failed ck three times, i passed step 1": {"progress": STEP_1},
        "i graduated in 2018, my wife is a US citizen": {**GRADUATE, "graduation_year": 2018},
        "a classmate of mine is certified": {},
        "me 2019 Pakistan, my wife final year no exams": {**GRADUATE, "graduation_year": 2019},
        "my partner matched, was terminated, passed Step 3. I have step 1": {"progress": STEP_1},
        "i am a graduate. my brother has a green card": GRADUATE,
        "my teacher passed step 3, i am certified": {"progress": CERTIFIED},
        "I married a US citizen last year": {},
        "got engaged to an american citizen, i have step 1 done": {"progress": STEP_1},
        "i live with a us citizen": {},
        "my co-interns are citizens and i am on h4": {"status": ("visa", "in_us")},
    },
    "headers are read as they are meant": {
        "YOG 2017 | Step 1 P | CK 238": {**GRADUATE, "graduation_year": 2017, "progress": BOTH},
        "Semmelweis 2021, P/252, non US IMG": {
            **IMG, **GRADUATE, "graduation_year": 2021, "progress": BOTH,
            "status": ("visa", "green_card", "work_permit", "in_us"),
        },
        "Old grad 2008. Step1 212 / CK 224 / CS pass / Step3 209. GC": {
            **GRADUATE, "graduation_year": 2008, "progress": BOTH, "skills": "cs_valid", "step_3": "yes",
            "status": "green_card",
        },
        "Korea / Yonsei / 2019 / S1 P S2 255": {**IMG, **GRADUATE, "graduation_year": 2019, "progress": BOTH},
        "Step 1: 198 (2016), Step 2: 220 (2024)": {"progress": BOTH, "exam_gap": "no"},
        "oet done, cert 2023": {"oet": "yes", "progress": CERTIFIED},
    },
    "a year of a beginning, and a month with its year": {
        "I started med school in Kharkiv in 2019": IMG,
        "I began there in 2009 and graduated 2015": {**GRADUATE, "graduation_year": 2015},
        "joined in 2010, graduated 2016": {**GRADUATE, "graduation_year": 2016},
        "batch 2011": {},
        "grad 05/25": {**GRADUATE, "graduation_year": 2025},
        "YOG 06/2019": {**GRADUATE, "graduation_year": 2019},
        "YOG 11, 12 publications": {**GRADUATE, "graduation_year": 2011},
        "graduation 2018, not 2019": {**GRADUATE, "graduation_year": 2018},
    },
    "a residency that ended against one's will": {
        "I was terminated last year from IM": {"us_residency": "dismissed"},
        "terminated resident here": {"us_residency": "dismissed"},
        "i got fired by my program in march": {"us_residency": "dismissed"},
        "i was fired from my job at a store": {},
        "my contract was terminated": {},
    },
    "people in other languages": {
        "mi hermano tiene step 1 pass": {"progress": STEP_1},
        "ma femme est certified, i have step 1": {"progress": STEP_1},
        "my bf is a US citizen. i have step 1": {"progress": STEP_1},
        "one of my students has a green card": {},
        "عندي green card؟ no not yet": {"status": NO_GREEN_CARD},
    },
    "a place beside a degree is that of the school": {
        "Zagreb, YOG 2024": {**IMG, **GRADUATE, "graduation_year": 2024},
        "2013 grad, Minsk, no exams": {
            **IMG, **GRADUATE, "graduation_year": 2013, "progress": "none", "step_3": "no",
        },
        "tehran univ 2019 s1 P": {**IMG, **GRADUATE, "graduation_year": 2019, "progress": STEP_1},
        "Surat 2018 CK 229": {**IMG, **GRADUATE, "graduation_year": 2018, "progress": STEP_2},
        "finished at a private school in the Dominican Republic in 2025": {
            **IMG, **GRADUATE, "graduation_year": 2025,
        },
        # Of a country alone, or with more beside it, nobody knows.
        "grad 2016, Portugal": {**GRADUATE, "graduation_year": 2016},
        "grad 2016, living in Zagreb now": {**GRADUATE, "graduation_year": 2016},
        "in Zagreb 2014 i took step 1": {},
        "hospital 2019": {},
    },
    "where somebody is from is not where the school is": {
        "i am from nigeria i graduated twenty fifteen": {**GRADUATE, "graduation_year": 2015},
        "doctor from cuba here": GRADUATE,
        "i graduated from kosovo in 2021": {**IMG, **GRADUATE, "graduation_year": 2021},
        "italian citizen, argentine degree 2021": {**IMG, **GRADUATE, "graduation_year": 2021},
        "i live in germany": {},
    },
}  # fmt: skip
STUDENT = ("preclinical", "clinical", "final_year")
GONE = ("left", "dismissed")
RESIDENT = {**GRADUATE, "us_residency": "current"}
EARLIER_MATCH = ("unmatched", "current", "left", "dismissed", "closed", "finished")
NOT_CITIZEN = ("visa", "green_card", "work_permit", "in_us")
KINDS |= {
    "an earlier Match is not this season's": {
        "I matched into a competitive specialty and now the program fires me": {"us_residency": "dismissed"},
        "when i matched in 2019": {},
        "i'm a resident, i matched into peds": RESIDENT,
        "i matched and then quit": {},
        "i was dismissed from residency, the place i had matched to": {"us_residency": "dismissed"},
        "unmatched in CaRMS": {},
        "in 2015 I did not match": {},
        "back in 2021 i went unmatched": {},
        "i went unmatched twice": {"us_residency": EARLIER_MATCH},
        "didn't match through carms": {},
        "I matched this season!": {"season_status": "matched"},
        "i matched in 2024": {},
        "i matched last year but could not start": {},
    },
    "a residency that ends is told, and not how": {
        "my employment ends in june, they are not renewing": {"us_residency": GONE},
        "the program decided to let me go": {"us_residency": GONE},
        "they will not renew my contract": {"us_residency": GONE},
        "my contract will not be renewed": {"us_residency": GONE},
        "they won't renew me after december": {"us_residency": GONE},
        "the program terminated me in march": {"us_residency": "dismissed"},
        "i got a letter of non renewal": {"us_residency": GONE},
        "what if they are not renewing me": {},
        "my friend says the program let him go": {},
        "my lease is not renewed": {},
        "the hospital let me go home early": {},
        "please let me go back": {},
    },
    "applied for something else than the Match": {
        "already applied for one elective": {},
        "applied for an observership": {},
        "i have applied for two rotations": {},
        "already applied for a tourist visa": {"status": "visa"},
        "i applied for a research position": {},
        "i've applied for clinical electives in texas": {},
        "applied to an externship already": {},
        "applied already for a fellowship": {},
        "already applied for step 2": {},
        "already applied to DO school": {},
        "i already applied to 60 programs": {"season_status": ("applied", "registered")},
        "already applied to the match": {"season_status": ("applied", "registered")},
    },
    "a year that is only about so is none": {
        "i graduated over five years ago": GRADUATE,
        "graduated more than 10 years ago": GRADUATE,
        "i graduated about 6 years ago": GRADUATE,
        "graduated almost 4 years ago": GRADUATE,
        "i finished med school 5+ years ago": GRADUATE,
        "graduated at least 8 years ago": GRADUATE,
        "graduated roughly 9 yrs back": GRADUATE,
        "I moved about 6 years ago": {},
        "more than ten years ago": {},
        "i graduated 5 years ago": {**GRADUATE, "graduation_year": 2021},
    },
    "a student has no degree of a past year": {
        "should be graduating 2014": {},
        "im a 5th year, should graduate in 2014": {"stage": STUDENT},
        "4th yr here, i will graduate in 2016": {"stage": "final_year"},
        "final year student, grad 2015": {"stage": "final_year"},
        "still in med school, graduating 2012": {"stage": STUDENT},
        "medical student at university of pecs, yog 2017": {**IMG, "stage": STUDENT},
        "4th yr here, would like to be matched in X for 2014. I count as IMG (international medical graduate), "
        "studying at a med school in the Caribbean": {**IMG, "stage": STUDENT},
        "i am a med student and would be an international medical graduate": {"stage": STUDENT},
        "I am an international medical graduate": {**IMG, **GRADUATE},
        "final year student, graduating 2028": {"stage": "final_year", "graduation_year": 2028},
        "radiology resident in lyon, 3rd year of training, graduated 2020": {**GRADUATE, "graduation_year": 2020},
    },
    "a school is told by the city in its name": {
        "I study medicine at University of Debrecen": {**IMG, "stage": STUDENT},
        "studying at the university of Krakow": {**IMG, "stage": STUDENT},
        "i graduated from Lviv medical university": {**IMG, **GRADUATE},
        "my school is the medical university of Varna": IMG,
        "i am a student at Sofia medical university": {**IMG, "stage": STUDENT},
        "degree from university of Lagos": IMG,
        "graduate of university of Karachi": {**IMG, **GRADUATE},
        "i want to study at the university of Warsaw": {},
        "doing research at a hospital in Vienna": {},
        "I live in Budapest": {},
        "studying for step 1 in Budapest": {"progress": NOT_STEP_1},
        "research at university of Zurich": {},
        "i work at the medical university of Vienna": {},
        "i did an elective at the university of Munich": {},
    },
    "ESTA is told by whoever has it": {
        "we dont get esta": {"waiver_passport": "no"},
        "i can NOT use esta": {"waiver_passport": "no"},
        "visa or esta": {},
        "can i use esta": {},
        "WB with ESTA? we don't have that": {},
        "we never had esta": {"waiver_passport": "no"},
        "i travel with esta": {"waiver_passport": "yes"},
        "german passport, esta": {"waiver_passport": "yes"},
        "i wonder about a visa or an esta": {},
        "would i need esta": {},
    },
    "american, or not": {
        "im not american": {"status": NOT_CITIZEN},
        "i am not an american": {"status": NOT_CITIZEN},
        "I'm American": {"status": "citizen"},
        "she is NOT american": {},
        "i graduated in 2018, my wife is american": {**GRADUATE, "graduation_year": 2018},
        "my aunt american, i passed step 1": {"progress": STEP_1},
        "american food is fine": {},
        "i am south american": {},
        "i am latin american": {},
        "is he american": {},
        "my school is american": {},
        "the program is american": {},
    },
    "years of training that others have, or that only began": {
        "pgy2 spot opened": {},
        "for 2nd yr my own program has my signature": {},
        "a pgy-2 position in ohio is open": {},
        "i am looking for a pgy2 slot": {},
        "i'm a resident, only 5 months in": {**RESIDENT, "us_training": "none"},
        "only 2 months into residency": {"us_training": "none"},
        "i am a pgy2": {**RESIDENT, "us_training": "one"},
        "i have been here only 5 months in total": {},
        "pgy3 vacancies": {},
        "there was a pgy1 opening": {},
    },
    "another certificate, or one that nobody there holds": {
        "I am board certified": {},
        "board certified in pediatrics": {},
        "abim certified": {},
        "double board certified in my country": {},
        "I hold a board certificate": {},
        "acls certified": {},
        "i am not board certified": {},
        "I am ecfmg certified": {"progress": CERTIFIED},
        "us md, board certified": {"school_place": "us", "us_degree": "md"},
        "img, both steps passed": {**IMG, "progress": BOTH},
    },
    "an abbreviation of two schools is none": {
        "UCC, grad 2014": {**GRADUATE, "graduation_year": 2014},
        "my college was UCC": {},
        "UCC grad here": {},
    },
    "what was not even tried": {
        "havent even passed step 1 (registered for january)": {"progress": NOT_STEP_1},
        "no OET not done": {"oet": "no"},
        "no idea what the oet is": {},
        "haven't even booked step 1": {"progress": NOT_STEP_1},
        "253 on Level 1, 276 on Level 2": {},
    },
}
ROWS = [(kind, text, answers) for kind, texts in KINDS.items() for text, answers in texts.items()]


@pytest.mark.parametrize(("kind", "text", "answers"), ROWS, ids=[f"{kind}: {text}" for kind, text, _ in ROWS])
def test_a_message_tells_what_is_so_and_no_more(kind: str, text: str, answers: dict[str, Answer]) -> None:
    assert dict(bot().reader.story(text).answers) == answers, kind


SUPPOSED: dict[str, dict[str, Answer]] = {
    "what if I pass step 2 next month then?": {"progress": STEP_2},
    "suppose i get certified by march": {"progress": CERTIFIED},
    "if i get a green card can i match": {"status": "green_card"},
    "and if I had a US citizen passport?": {"status": "citizen"},
    "agar step 1 clear kar lu to?": {"progress": STEP_1},
    "I graduated in 2019. What if I pass both steps by June?": {"progress": BOTH},
    # Of another person, or of nobody's record.
    "what if i marry a US citizen": {},
    "what if my wife passes step 1": {},
    "what if my visa is refused": {},
    "i passed step 1": {},
    "what happens if": {},
}


@pytest.mark.parametrize(("text", "answers"), SUPPOSED.items(), ids=list(SUPPOSED))
def test_what_is_supposed_stands_apart_from_what_is_so(text: str, answers: dict[str, Answer]) -> None:
    assert dict(bot().reader.story(text).supposed) == answers
