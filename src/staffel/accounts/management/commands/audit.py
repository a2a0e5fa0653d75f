from django.core.management.base import BaseCommand, CommandError

from staffel.accounts.actions import audit
from staffel.accounts.core.chain import Kind, verify
from staffel.accounts.queries import audit as queries


class Command(BaseCommand):
    help = "Verify the chain of the audit log, print its head, or seal what is not chained yet."

    def add_arguments(self, parser):
        parser.add_argument("what", choices=("verify", "head", "seal"))
        parser.add_argument("--head", metavar="POSITION:HASH", help="a head noted outside, as printed by `audit head`")

    def handle(self, *args, what, head, **options):
        count = audit.seal()
        if what == "seal":
            self.stdout.write(f"sealed {count} entries")
        elif what == "head":
            self.stdout.write("{}:{}".format(*queries.head()))
        else:
            self._verify(head)

    def _verify(self, head):
        noted = queries.noted_heads() | (self._head(head) if head else {})
        finding = verify(queries.sealed(), noted)
        for problem in finding.problems:
            self.stdout.write(f"{problem.position}: {problem.kind}: {Kind(problem.kind).sentence}")
        if not finding.holds:
            raise CommandError(f"the chain of {finding.entries} entries does not hold")
        self.stdout.write(f"{finding.entries} entries, {finding.blanked} blanked, head {finding.entries}:{finding.head}: holds")

    def _head(self, text: str) -> dict[int, str]:
        position, _colon, value = text.partition(":")
        if not position.isdecimal() or len(value) != 64:
            raise CommandError(f"--head is POSITION:HASH with 64 hexadecimal digits, got {text!r}")
        return {int(position): value}
