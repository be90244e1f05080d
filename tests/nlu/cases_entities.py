"""What messages name: each entity as `kind:value`, with "-" before it where the message denies it."""

ENTITIES = [
    # Countries by name, nationality and city
    ("I am from Pakistan", {"country:PK"}),
    ("indian doctor here", {"country:IN"}),
    ("i studied in Lahore", {"country:PK"}),
    ("cairo university graduate", {"country:EG"}),
    ("mbbs from dhaka bangladesh", {"country:BD"}),
    ("Filipino and Nigerian nurses", {"country:PH", "country:NG"}),
    ("UK graduate", {"country:GB"}),
    ("universidad de Buenos Aires", {"country:AR"}),
    ("i live in mexico city", {"country:MX"}),
    ("SYRIA!!", {"country:SY"}),
    # No countries
    ("hospitals in New Jersey", set()),
    ("programs in New Mexico", set()),
    ("i live in georgia", set()),
    ("dr jordan is my mentor", set()),
    ("i am a us citizen", set()),
    ("polish my english", set()),
    ("school in canada", set()),
    # Years
    ("i graduated in 2016", {"year:2016"}),
    ("batch of 1999", {"year:1999"}),
    ("passed out 5 yrs back", {"years_ago:5"}),
    ("finished school five years ago", {"years_ago:5"}),
    ("born in 1812", set()),
    ("it costs 20150 dollars", set()),
    # Scores
    ("i got 245", {"score:245"}),
    ("only 198, too low?", {"score:198"}),
    ("i pay 1000 dollars", set()),
    ("call 911 or 988", set()),
    # Attempts
    ("failed twice", {"attempts:2"}),
    ("i failed it 3 times", {"attempts:3"}),
    ("failed once and then passed", {"attempts:1"}),
    ("passed it on the second try", {"attempts:2"}),
    ("three tries", {"attempts:3"}),
    ("i visited three times", set()),
    # Durations
    ("i have 4 weeks", {"duration:4 weeks"}),
    ("a month", {"duration:1 month"}),
    ("gap of 5 years", {"duration:5 years"}),
    ("twelve weeks or 6 months", {"duration:12 weeks", "duration:6 months"}),
    ("24 hrs", {"duration:24 hours"}),
    # Relatives and friends
    ("my wife asks", {"person:wife"}),
    ("my brother and a friend", {"person:brother", "person:friend"}),
    ("his attending", set()),
    # Topics, and what is denied
    ("observershp", {"topic:observership"}),
    ("observership vs externship", {"topic:observership", "topic:externship"}),
    ("without visa", {"-topic:visas"}),
    ("i do not have a green card", {"-topic:green_card"}),
    ("not passed step 2 ck", {"-topic:step_2_ck"}),
    ("step 1 passed, not passed step 2 ck", {"topic:step_1", "-topic:step_2_ck"}),
    ("no step 1 but step 3", {"-topic:step_1", "topic:step_3"}),
    ("never failed", set()),
    # Somebody who never failed Step 1 does not deny Step 1.
    ("never failed step 1", {"topic:step_1"}),
    # All together
    (
        "my sister graduated 2018 in manila, failed step 1 twice, has 3 months",
        {"person:sister", "year:2018", "country:PH", "topic:step_1", "attempts:2", "duration:3 months"},
    ),
    ("", set()),
    ("?! 🙂", set()),
]
