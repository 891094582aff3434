"""The notebooks run from top to bottom, as they are shipped."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

BOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=BOOKS, ids=[path.stem for path in BOOKS])
def book(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, as_version=4)


def code(book: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    assert {"01_catalogue", "02_sky", "03_site", "04_windows", "05_plan", "06_replan", "07_siting"} <= {
        path.stem for path in BOOKS
    }


def test_outputs_are_stripped(book: nbformat.NotebookNode) -> None:
    for cell in code(book):
        assert cell.outputs == []
        assert cell.execution_count is None


def test_the_first_code_cell_is_parameters(book: nbformat.NotebookNode) -> None:
    assert code(book)[0].metadata.tags == ["parameters"]


def test_logic_lives_in_the_package(book: nbformat.NotebookNode) -> None:
    for cell in code(book):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                assert (node.end_lineno or 0) - node.lineno < 5
            assert not isinstance(node, ast.ClassDef)


def test_it_begins_with_its_title_in_prose(book: nbformat.NotebookNode) -> None:
    assert book.cells[0].cell_type == "markdown"
    assert book.cells[0].source.startswith(f"# {book.metadata.title}")


def test_it_runs(book: nbformat.NotebookNode, tmp_path: Path) -> None:
    done = NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    errors = [output for cell in code(done) for output in cell.outputs if output.output_type == "error"]
    assert errors == []
    kinds = [kind for cell in code(done) for output in cell.outputs for kind in output.get("data", {})]
    assert "application/vnd.jupyter.widget-view+json" in kinds
