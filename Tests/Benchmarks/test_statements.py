"""How the server's log becomes pgbench scripts. Run by deploy/scripts/check-tools."""

import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from souk_bench import statements
from souk_bench.postgres import Administrator, Logged
from souk_bench.statements import ScriptWriter, Work

ORDER = "ord_01a1fce58a8f728295b3e338785c366c"
LOG = f"""2026-11-21 06:57:44.079 UTC [575] cart@cart/cart/cart-0 LOG:  execute s1: BEGIN
2026-11-21 06:57:44.079 UTC [611] cart@cart/cart/cart-1 LOG:  execute s4: select 1
2026-11-21 06:57:44.080 UTC [575] cart@cart/cart/cart-0 LOG:  execute s2: update carts set name = $1
\twhere id = $2 and note = $3
2026-11-21 06:57:44.080 UTC [575] cart@cart/cart/cart-0 DETAIL:  parameters: $1 = 'O''Hara', $2 = '{ORDER}', $3 = NULL
2026-11-21 06:57:44.081 UTC [575] cart@cart/cart/cart-0 LOG:  execute s3: COMMIT
2026-11-21 06:57:44.082 UTC [20366] LOG:  received SIGHUP, reloading configuration files
"""


def logged(sql: str, *parameters: str | None, backend: int = 1) -> Logged:
    return Logged(backend, "cart", sql, parameters)


class ReadingTheLog(unittest.TestCase):
    def read(self, text: str) -> list[Logged]:
        with TemporaryDirectory() as folder:
            administrator = Administrator.__new__(Administrator)
            administrator.log = Path(folder, "log")
            administrator.log.write_text("earlier\n" + text)
            return administrator.logged_since(len("earlier\n"))

    def test_statements_come_with_their_parameters(self):
        found = self.read(LOG)
        self.assertEqual([one.sql for one in found], ["BEGIN", "select 1", "update carts set name = $1 where id = $2 and note = $3", "COMMIT"])
        self.assertEqual(found[2].parameters, ("O'Hara", ORDER, None))

    def test_transactions_of_two_backends_are_told_apart(self):
        work = statements.works(self.read(LOG), ["cart"])["cart"]
        self.assertEqual((work.statements, work.commits), (1, 1))

    def test_what_names_nothing_of_an_order_is_left_out(self):
        self.assertEqual(statements.works([logged("select 1"), logged("select $1", "5")], ["cart"]), {})


class WritingScripts(unittest.TestCase):
    def line(self, sql: str, *parameters: str | None) -> str:
        return ScriptWriter().statement(logged(sql, *parameters))

    def test_names_get_the_number_of_the_order(self):
        self.assertEqual(self.line("select $1", ORDER), "select ('ord_000000000000000000000000' || :n);")
        self.assertEqual(self.line("select $1", "plain"), "select 'plain';")
        self.assertEqual(self.line("select $1", None), "select null;")

    def test_the_same_name_is_the_same_and_another_is_another(self):
        writer = ScriptWriter()
        other = ORDER[:-1] + "d"
        first, second, again = (writer.statement(logged("select $1", name)) for name in (ORDER, other, ORDER))
        self.assertEqual(first, again)
        self.assertNotEqual(first, second)

    def test_arrays_have_a_type_and_json_stays_as_it_is(self):
        self.assertEqual(self.line("select unnest($1)", "{1,-2}"), "select unnest('{1,-2}'::bigint[]);")
        self.assertEqual(self.line("select $1", '{"id": "' + ORDER + '"}'), f"select '{{\"id\": \"{ORDER}\"}}';")

    def test_a_colon_before_a_letter_is_no_variable(self):
        self.assertEqual(self.line("select $1", "a:b"), "select ('a:' || 'b');")

    def test_partitions_are_spread(self):
        self.assertIn("part = :p::int", self.line("select 1 from inbox_cursor where part = $1", "7"))

    def test_values_make_no_difference_but_statements_do(self):
        def shapes(*parameters):
            return statements.shapes(ScriptWriter().script("cart", Work(((logged("select $1, $2", *parameters),),))))

        self.assertEqual(shapes(ORDER, "a"), shapes("plain", None))
        self.assertNotEqual(shapes(ORDER, "a"), statements.shapes("select 1 from x;"))

    def test_the_scripts_in_the_tree_can_be_read(self):
        scripts = [file for file in statements.FOLDER.glob("*.sql") if not file.name.startswith("prepare-")]
        self.assertEqual({file.stem for file in scripts}, {"cart", "catalog", "order_tracking", "payments"})
        for file in scripts:
            self.assertTrue((statements.FOLDER / f"prepare-{file.name}").exists())
            self.assertGreater(statements.shapes(file.read_text())["COMMIT;"], 0)


if __name__ == "__main__":
    unittest.main()
