from hypothesis import example, given
from hypothesis import strategies as st

from staffel.portal.core.readable import Node, tree

leaves = st.none() | st.booleans() | st.integers() | st.text()
values = st.recursive(leaves, lambda one: st.lists(one) | st.dictionaries(st.text(), one), max_leaves=9)


def test_tree_keeps_the_order_and_leaves_out_what_is_empty():
    assert tree({"Name": "Anke", "Nichts": None, "Leer": "", "Keine": [], "Offen": True, "Zahl": 0}) == (
        Node("Name", "Anke"),
        Node("Offen", "ja"),
        Node("Zahl", "0"),
    )


def test_tree_puts_a_short_thing_of_a_list_into_one_line():
    assert tree({"Rollen": [{"Rolle": "Redaktion", "Seit": "2026-01-02"}]}, lambda text: text.replace("2026-", "")) == (
        Node("Rollen", "", (Node("Redaktion", "Seit: 01-02"),)),
    )


def test_tree_gives_a_long_thing_room():
    [briefe] = tree({"Briefe": [{"Betreff": "Zusage", "Text": "Guten Tag,\nes geht los."}]})

    assert briefe.below == (Node("Zusage", "", (Node("Text", "Guten Tag,\nes geht los."),)),)


def test_tree_joins_plain_lists():
    assert tree({"Kommunen": ["Perleberg", "Wittenberge"]}) == (Node("Kommunen", "Perleberg, Wittenberge"),)


def test_tree_numbers_lists_in_lists():
    assert tree({"a": [[1, 2], ["x"]]}) == (Node("a", "", (Node("1", "1, 2"), Node("2", "x"))),)


def words_of(nodes):
    return "".join(node.label + node.text + words_of(node.below) for node in nodes)


@given(st.dictionaries(st.text(), values))
@example({"": [[{"": "0"}, False]]})
@example({"": [[{"1": "0"}, False]]})
def test_tree_loses_no_text(given_data):
    def texts(value):
        if isinstance(value, dict):
            return [text for one in value.values() for text in texts(one)]
        if isinstance(value, list):
            return [text for one in value for text in texts(one)]
        return [value] if isinstance(value, str) else []

    shown = words_of(tree(given_data))
    assert [text for text in texts(given_data) if text not in shown] == []
