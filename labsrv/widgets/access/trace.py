"""One decision, explained: every rule and what it read, what would have to change, and who can.

    DecisionTrace(question, decide, flips=flips, who={"subject": others, "action": actions, "resource": records})

question ──▶ decide ──▶ the outcome in words, every rule ──▶ flips ──▶ "Try it" ──▶ another question, and back
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import traitlets

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.flips import Flip
from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.kit.lifetime import newest
from labsrv.widgets.access.told import (
    asked_in_words,
    decision_in_words,
    decision_shown,
    flip_in_words,
    flip_shown,
    question_in_words,
    question_shown,
    sentence,
)
from labsrv.widgets.base import View, source

Search = Callable[[Question], Iterable[Any]]

MOST_FLIPS = 12
MOST_FOUND = 60
MOST_STEPS = 100
SEARCHES = {"subject": "Who can?", "action": "Which actions?", "resource": "Which resources?"}


class DecisionTrace(View):
    """Shows one question and its decision.

    `decide` answers a question; `flips` returns what would turn the answer, smallest first; `who` has, for "subject",
    "action" and "resource", a function that returns those with which the question would be answered yes, or pairs of
    them and the decision. `decision` is what was decided, None where `decide` raised.
    """

    _esm = source(__file__, "decision.js", "trace.js")
    _css = source(__file__, "decision.css", "trace.css")

    shown = traitlets.Dict().tag(sync=True)
    searches: traitlets.List[Any] = traitlets.List().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    # Tells a click from one that came too late.
    count = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        question: Question | Mapping[str, Any],
        decide: Callable[[Question], Decision],
        flips: Callable[[Question], Sequence[Flip]] | None = None,
        who: Mapping[str, Search] | None = None,
        **options: Any,
    ):
        unknown = sorted(set(who or {}) - set(SEARCHES))
        if unknown:
            raise ValueError(f"There is no search for {unknown[0]!r}: `who` has functions for {', '.join(SEARCHES)}.")
        self.decide, self.find_flips, self.who = decide, flips, dict(who or {})
        self.decision: Decision | None = None
        self.flips: list[Flip] = []
        self.found: list[Any] = []
        self.searched = ""
        self.steps: list[Question] = []
        super().__init__(searches=[[kind, words] for kind, words in SEARCHES.items() if kind in self.who], **options)
        self.question = question if isinstance(question, Question) else Question.from_json(question)
        self.first = self.question
        self.look()
        self.on_msg(self.wished)
        self.lasts_as_long_as(newest())

    def as_text(self) -> str:
        """Return all that the view shows: question, outcome, rules, what would have to change, who can."""
        shown = self.shown
        lines = [shown["asked"], *question_in_words(shown["question"])]
        lines += decision_in_words(shown["decision"]) if shown["decision"] else []
        if shown["flips"]:
            lines += ["What would have to change:", *map(flip_in_words, shown["flips"])]
        elif shown["could_flip"]:
            lines.append("What would have to change: nothing that was tried turns the answer.")
        if self.searched:
            lines.append(f"{SEARCHES[self.searched]} {', '.join(shown['found']) or 'nobody and nothing'}")
        return "\n".join(lines + ([self.said] if self.said else []))

    # What one does with it.

    def ask(self, question: Question) -> None:
        """Ask another question; there is no way back from it."""
        self.question, self.steps = question, []
        self.look()

    def change(self, values: Mapping[str, Any]) -> None:
        """Ask the same question with some attributes as they are given: {"subject.clearance": 3}, None for without."""
        question = self.question
        for name, value in values.items():
            question = question.having(name, value)
        self.ask(question)

    def apply(self, flip: int) -> None:
        """Ask again with the changes of a flip, the first being 0."""
        question = self.question
        for each in self.flips[flip].changes:
            question = question.having(each.name, each.now)
        self.go_on(question)

    def back(self) -> None:
        """Ask what was asked before the last change."""
        if self.steps:
            self.question = self.steps.pop()
            self.look()

    def search(self, kind: str) -> list[Any]:
        """Return with whom, or with which action or resource, the question would be answered yes."""
        if kind not in self.who:
            raise LookupError(f"This view cannot search for {kind!r}: it was given {', '.join(self.who) or 'nothing'}.")
        # A search may tell the decision of each beside it.
        found = [each[0] if isinstance(each, tuple) else each for each in self.who[kind](self.question)]
        self.searched, self.found = kind, found
        self.show()
        return self.found

    def ask_with(self, found: int) -> None:
        """Ask again with one of those that were found, the first being 0."""
        self.go_on(put_in(self.question, self.searched, self.found[found]))

    def go_on(self, question: Question) -> None:
        """Ask a question from which one can go back."""
        self.steps = [*self.steps, self.question][-MOST_STEPS:]
        self.question = question
        self.look()

    # What is shown.

    def look(self) -> None:
        """Decide, and search for what would turn the answer; whatever goes wrong in there is said."""
        self.decision, self.flips, self.found, self.searched = None, [], [], ""
        problem = ""
        try:
            self.decision = self.decide(self.question)
            self.flips = list(self.find_flips(self.question))[:MOST_FLIPS] if self.find_flips else []
        except Exception as error:
            asked = "what would have to change" if self.decision else "the decision"
            problem = sentence(f"Asking for {asked} raised {type(error).__name__}: {error}")
        self.said = problem
        self.show()

    def show(self) -> None:
        """Show what is known."""
        asked = self.steps[0] if self.steps else self.question
        with self.hold_sync():
            self.shown = {
                "asked": asked_in_words(self.question),
                "question": question_shown(self.question, asked, self.first),
                "decision": decision_shown(self.decision) if self.decision else None,
                "could_flip": self.find_flips is not None and self.decision is not None,
                "flips": [flip_shown(each) for each in self.flips],
                "steps": len(self.steps),
                "searched": self.searched,
                "found": [name_of(each) for each in self.found[:MOST_FOUND]],
                "more": max(0, len(self.found) - MOST_FOUND),
            }
            self.count += 1

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did in the view; what is none of these, and what came too late, is ignored."""
        if not isinstance(wish, dict) or wish.get("count") != self.count:
            return
        try:
            match wish:
                case {"do": "try", "flip": int(flip)} if 0 <= flip < len(self.flips):
                    self.apply(flip)
                case {"do": "back"}:
                    self.back()
                case {"do": "search", "kind": str(kind)} if kind in self.who:
                    self.search(kind)
                case {"do": "ask", "found": int(found)} if 0 <= found < len(self.found):
                    self.ask_with(found)
        except Exception as error:
            self.said = sentence(f"{type(error).__name__}: {error}")
            self.count += 1


def put_in(question: Question, kind: str, found: Any) -> Question:
    """Return a question with another subject, action or resource; one that is only a name keeps no properties."""
    if kind == "action":
        return replace(question, action=found if isinstance(found, Action) else Action(str(found)))

    now = question.subject if kind == "subject" else question.resource
    entity = found if isinstance(found, Entity) else Entity(now.type, str(found))
    return replace(question, subject=entity) if kind == "subject" else replace(question, resource=entity)


def name_of(found: Any) -> str:
    """Return what was found, by its name."""
    if isinstance(found, Action):
        return sentence(found.name)
    return sentence(f"{found.type} {found.id}" if isinstance(found, Entity) else found)
