from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.guard import guard, reads_only
from staffel.curriculum import comparison_words, permissions
from staffel.curriculum.actions import errands
from staffel.curriculum.actions import merging as actions
from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.reader import NotAProgramme
from staffel.curriculum.core.source_files import mistakes_after
from staffel.curriculum.forms import LoseForm
from staffel.curriculum.models import Errand
from staffel.curriculum.pages import merging as words
from staffel.curriculum.pages.room import crumbs_of, private_archive
from staffel.curriculum.queries.editing import errand_path, merge_path, version_path
from staffel.curriculum.queries.merging import is_current, merged_of, sides_of
from staffel.curriculum.queries.sizes import is_long
from staffel.ui.parts import Crumb

FORM_METHODS = ["GET", "HEAD", "POST"]
# So many conflicts stand on one page.
CONFLICTS = 20


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_POST
def merge_new(request, version):
    return redirect(merge_path(actions.begin_merge(version, by=request.user)))


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@reads_only
def merge(request, opened):
    return _page(request, opened)


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@require_POST
def merge_decide(request, opened):
    """Note the choices of the page, of all its conflicts or of the one whose button was pressed."""
    sides = sides_of(opened)
    shown = _on_page(request, merged_of(opened, sides).conflicts)
    only = request.POST.get("nur", "")
    asked = [card for card in words.cards(shown, opened, request.POST) if not only or card.conflict.id == only]
    chosen = {card.conflict.id: card.choice for card in asked if card.form.is_valid()}
    wrong = [card for card in asked if card.form.errors and (only or card.was_touched)]
    if chosen:
        opened = actions.choose(opened, chosen, by=request.user)
    if wrong:
        return _page(request, opened, data=request.POST, wrong={card.conflict.id for card in wrong})
    messages.success(request, _("Gespeichert."))
    page, anchor = request.POST.get("seite", "1"), words.next_anchor(merged_of(opened, sides), only)
    return redirect(f"{merge_path(opened)}?seite={page if page.isascii() and page.isdigit() else 1}{anchor}")


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@require_POST
def merge_renew(request, opened):
    actions.renew_merge(opened, by=request.user)
    messages.success(request, _("Es geht mit dem geänderten Entwurf weiter. Was noch passte, ist entschieden geblieben."))
    return redirect(merge_path(opened))


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@require_POST
def merge_finish(request, opened):
    if is_long(opened.draft):
        title = f"{opened.draft.title or opened.draft.programme.title} {opened.draft.number}"
        return redirect(errand_path(errands.begin(Errand.Act.MERGE, opened, title, by=request.user)))
    try:
        draft = actions.finish_merge(opened, by=request.user)
    except NotAProgramme as error:
        return _page(request, opened, mistakes=error.mistakes)
    messages.success(request, _("Die Zusammenführung ist abgeschlossen. Der Entwurf enthält jetzt beides."))
    return redirect(version_path(draft))


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@require_http_methods(FORM_METHODS)
def merge_drop(request, opened):
    form = LoseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        draft = opened.draft
        actions.drop_merge(opened, by=request.user)
        messages.success(request, _("Die Zusammenführung ist verworfen. Der Entwurf ist, wie er war."))
        return redirect(version_path(draft))
    context = {
        "crumbs": crumbs_of(opened.draft, Crumb(_("Zusammenführung"), merge_path(opened)), Crumb(_("Verwerfen"))),
        "form": form,
        "decided": len(opened.choices),
        "merge": opened,
        "back": merge_path(opened),
    }
    return render(request, "curriculum/editing/merge_drop.html", context, status=422 if form.errors else 200)


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@reads_only
def merge_result(request, opened):
    """What the draft would become, against what it is: also what came in without a conflict."""
    sides = sides_of(opened)
    merged = merged_of(opened, sides)
    address, page = f"{merge_path(opened)}ergebnis/", request.GET.get("seite", "1")
    context = {
        "crumbs": crumbs_of(opened.draft, Crumb(_("Zusammenführung"), merge_path(opened)), Crumb(_("Ergebnis"))),
        "heading": _("Was der Entwurf dazubekommt"),
        "between": _("dem Entwurf, wie er jetzt ist"),
        "comparison": comparison_words.view_of(compare(sides[1], merged.preview), page=page, address=address),
        "back": merge_path(opened),
    }
    return render(request, "curriculum/editing/comparison.html", context)


@guard(permissions.may_edit_this, of=permissions.merges_visible_to)
@reads_only
def merge_folder(request, opened):
    """The result as a folder, to be mended by hand where the parts do not fit together."""
    merged = merged_of(opened, sides_of(opened))
    name = f"{opened.draft.programme.key}-{opened.draft.number}.zip"
    return private_archive(partial(words.result_zip, opened, merged.preview), name)


def _on_page(request, conflicts):
    number = request.GET.get("seite") or request.POST.get("seite") or "1"
    return Paginator(conflicts, CONFLICTS).get_page(number)


def _page(request, opened, *, data=None, wrong=(), mistakes=None):
    sides = sides_of(opened)
    merged = merged_of(opened, sides)
    shown = _on_page(request, merged.conflicts)
    left = len(merged.open())
    broken = mistakes if mistakes is not None else mistakes_after(merged, sides)
    context = {
        "crumbs": crumbs_of(opened.draft, Crumb(_("Zusammenführung"))),
        "merge": opened,
        "here": merge_path(opened),
        "current": is_current(opened),
        "cards": words.cards(shown, opened, data, wrong),
        "page": shown,
        "progress": words.progress(len(merged.conflicts), left),
        "total": len(merged.conflicts),
        "left": left,
        "decided": len(merged.conflicts) - left,
        "mistakes": words.mistakes(broken, merged.preview),
        "taken": words.taken_over(sides, opened),
        "draft": version_path(opened.draft),
    }
    return render(request, "curriculum/editing/merge.html", context, status=422 if data or mistakes else 200)
