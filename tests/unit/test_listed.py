"""Lists of what people entered are in the table as they are in memory."""

import pytest
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from earmark.keeping.listed import read_list, write_list


@pytest.fixture
def table():
    return TinyDB(storage=MemoryStorage).table("terms")


def test_what_was_taken_out_of_a_document_does_not_come_back(table):
    before = write_list(table, [], [{"name": "Kettle", "aliases": ["kettel"], "retired": True}])
    after = write_list(table, before, [{"id": before[0]["id"], "name": "Kettle"}])
    assert read_list(table) == after == [{"id": 1, "name": "Kettle"}]


def test_only_what_differs_is_written_and_no_id_is_given_twice(table):
    before = write_list(table, [], [{"name": "a"}, {"name": "b"}])
    after = write_list(table, before, [before[0], {"name": "c"}])
    assert [(each["id"], each["name"]) for each in read_list(table)] == [(1, "a"), (3, "c")]
    assert after == read_list(table)
