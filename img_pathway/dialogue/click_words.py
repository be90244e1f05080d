"""What a click says in words: for the person who made it, and for staff who read what was clicked."""

from __future__ import annotations

from img_pathway.dialogue.bot import Bot
from img_pathway.dialogue.clicks import DELETE_ALL, DID_NOT_HELP, HELPED, is_click, looked_up, question_to_change
from img_pathway.dialogue.labels import FAQ, TOPIC_ONLY
from img_pathway.dialogue.listening import GOAL
from img_pathway.dialogue.looking_up import about


def in_words(bot: Bot, command: str) -> str | None:
    """The words that stand on the button of a command; none where it is no command, or its content is gone."""
    if not is_click(command):
        return None
    click = bot.reader.click(command)
    if click is None:
        return _of_buttons(bot).get(command) or _of_content(bot, command)
    if click.question == GOAL:
        return bot.engine.quiz.goals[click.option].label
    option = bot.engine.quiz.questions[click.question].options.get(click.option)
    return option.label if option else bot.say("not_sure")


def _of_buttons(bot: Bot) -> dict[str, str]:
    """Words of the buttons that always mean the same, by command."""
    return {
        HELPED: bot.say("helped_yes"),
        DID_NOT_HELP: bot.say("helped_no"),
        DELETE_ALL: bot.say("delete_option"),
        "quiz:start": bot.say("check_me"),
        "quiz:resume": bot.say("continue_option"),
        "quiz:result": bot.say("result_option"),
        "quiz:restart": bot.say("restart_option"),
        "quiz:change": bot.say("change_option"),
        "quiz:back": bot.say("back_option"),
        "quiz:answers": bot.say("answers_option"),
        "quiz:stop": bot.say("stop_option"),
    }


def _of_content(bot: Bot, command: str) -> str | None:
    """Words of a button that names a common question, a topic or a question of the quiz."""
    head, rest, *_ = command.split(":")
    if head == FAQ:
        return bot.knowledge.faq[rest].asks if rest in bot.knowledge.faq else None
    question = bot.engine.quiz.questions.get(question_to_change(command))
    if question:
        return bot.say("stale_button", question=question.name)
    attribute, topic = looked_up(command)
    record = bot.knowledge.topics.get(topic)
    if record and attribute == TOPIC_ONLY:
        return record.name
    return about(bot, topic, attribute).label if record and attribute in bot.knowledge.attributes else None
