"""Plans: the list, one of them minute by minute, and the editor, which is told of mistakes as somebody types."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from cadencecoach.desk.authoring.looking import Looked, look_at
from cadencecoach.desk.workouts.exchange import import_bytes
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.plan.forms import fill
from cadencecoach.plan.model import AthleteBaseline
from cadencecoach.plan.rates import HIGH_SPM, LOW_SPM
from cadencecoach.plan.syntax.findings import Severity
from cadencecoach.store.plan_files import keep_plan, kept_plans, read_plan_file, remove_plan
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import PlanChoice
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site

FIRST_TEXT: Final = """plan: My plan
about: What it is for, in a sentence.
baseline: measured
stages:
  - {name: Warm-up,     duration: 5 min,  target: free}
  - {name: Baseline,    duration: 2 min,  measure: baseline}
  - {name: First rung,  duration: 10 min, target: +2.5 %, ramp: 60 s}
  - {name: On your own, duration: 3 min,  target: +2.5 %, beat: off, feedback: none}
  - {name: Cool-down,   duration: 5 min,  target: free}
"""
SIMULATED_SPM: Final = 164.0  # the simulated runner's own cadence
NEW_FILE, MAX_NAME = "new.yaml", 40
WORKOUT_NAME = "the workout"


class PlansPage:
    """The routes of the pages."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show_list(self, request: Request) -> Response:
        """Show the plans."""
        plans = await self._site.plans()
        ordered = sorted(plans.values(), key=lambda one: (not one.is_own, one.plan.duration_s or float("inf")))
        broken = sorted((await asyncio.to_thread(kept_plans, self._site.store.machine)).keys() - plans.keys())
        athlete = await self._site.athlete(request)
        return await self._site.page(request, "plans.html", athlete, plans=ordered, broken=broken)

    async def show(self, request: Request) -> Response:
        """Show a plan."""
        plan = await self._find(request)
        if plan is None:
            return RedirectResponse("/plans", 303)
        athlete = await self._site.athlete(request)
        looked = await asyncio.to_thread(_look_at, plan)
        if looked.seen is None:  # changed by hand since
            return RedirectResponse(f"/plans/{plan.id}/edit", 303)
        return await self._site.page(
            request,
            "plan.html",
            athlete,
            plan=plan,
            seen=looked.seen,
            athletes=await self._site.names(visitor_of(request)),
            needs_baseline=isinstance(plan.plan.baseline, AthleteBaseline),
            spm=SIMULATED_SPM,
            spm_range=(LOW_SPM, HIGH_SPM),
        )

    async def show_new(self, request: Request) -> Response:
        """The editor with a first text, or with a copy of another plan."""
        other = (await self._site.plans()).get(request.query_params.get("from", ""))
        text = FIRST_TEXT if other is None else await asyncio.to_thread(_text_in_file, other.path)
        return await self._editor(request, "" if other is None else f"my-{other.id}"[:MAX_NAME], text, is_new=True)

    async def show_editor(self, request: Request) -> Response:
        """The editor with a plan kept here, whatever mistakes it has; for one of the program's, with a copy."""
        name = request.path_params["id"]
        path = (await asyncio.to_thread(kept_plans, self._site.store.machine)).get(name)
        if path is None:
            is_ours = await self._find(request) is not None
            return RedirectResponse(f"/plans/new?from={name}" if is_ours else "/plans", 303)
        return await self._editor(request, name, await asyncio.to_thread(_text_in_file, path), is_new=False)

    async def _editor(self, request: Request, name: str, text: str, *, is_new: bool) -> Response:
        athlete = await self._site.athlete(request)
        return await self._site.page(request, "editor.html", athlete, name=name, text=text, is_new=is_new)

    async def check(self, request: Request) -> Response:
        """What is wrong with a text, and what would be run."""
        looked = await self._site.look(look_at, _text_in(await json_of(request)), NEW_FILE)
        return JSONResponse(_looked_row(looked))

    async def keep(self, request: Request) -> Response:
        """Keep a plan."""
        name, raw = request.path_params["id"], _text_in(await json_of(request))
        path = (await asyncio.to_thread(kept_plans, self._site.store.machine)).get(name)
        if request.headers.get("if-none-match") == "*" and path is not None:
            if await asyncio.to_thread(read_plan_file, path) == raw:  # the answer to the first request was lost
                return JSONResponse({"id": name})
            texts = (await self._site.words(None)).page
            raise RefusedError(409, fill(texts.name_taken, plan=name), "name")
        looked: Looked = await self._site.look(look_at, raw, NEW_FILE)
        if looked.seen is None:
            wrong = next(one for one in looked.findings if one.severity is Severity.ERROR)
            raise RefusedError(409, f"{name}, {wrong.line}: {wrong.message}", "text")
        try:
            await asyncio.to_thread(keep_plan, self._site.store.machine, name, raw)
        except (UsageError, PlanError) as error:
            raise RefusedError(409, str(error), "name") from None
        return JSONResponse({"id": name})

    async def remove(self, request: Request) -> Response:
        """Remove a plan."""
        try:
            await asyncio.to_thread(remove_plan, self._site.store.machine, request.path_params["id"])
        except UsageError as error:
            raise RefusedError(404, str(error), "id") from None
        return Response(status_code=204)

    async def import_workout(self, request: Request) -> Response:
        """A workout of another program as the text of a plan; the file itself is sent."""
        made = await self._site.look(import_bytes, await request.body(), WORKOUT_NAME)
        return JSONResponse({"text": made.text, "notes": list(made.notes)})

    async def _find(self, request: Request) -> PlanChoice | None:
        return (await self._site.plans()).get(request.path_params["id"])


def _look_at(plan: PlanChoice) -> Looked:
    return look_at(read_plan_file(plan.path), plan.path.name)


def _text_in_file(path: Path) -> str:
    return read_plan_file(path).decode("utf-8-sig", "replace")


def _text_in(told: object) -> bytes:
    text = told.get("text") if isinstance(told, Mapping) and told.keys() == {"text"} else None
    if not isinstance(text, str):
        raise RefusedError(400, 'send {"text": the plan\'s text}', "text")
    return text.encode("utf-8", "surrogatepass")


def _looked_row(looked: Looked) -> dict[str, Any]:
    findings = [
        {"line": one.line, "column": one.column, "severity": one.severity.value, "message": one.message}
        for one in looked.findings
    ]
    return {"findings": findings, "plan": None if looked.seen is None else asdict(looked.seen)}
