"""The bodies of tests, read from Rust source without a compiler."""

import time

import pytest

from proxylings.course import Desk
from proxylings.grader.rust_text import test_bodies as bodies


def test_a_body_is_found_whatever_braces_stand_in_its_texts() -> None:
    source = """
    mod step_1_cut {
        #[test]
        #[should_panic(expected = "a } brace")]
        fn cuts() {
            // not } this
            /* nor } this */
            let head = "{ } \\" {";
            let raw = r#"} "{"#;
            assert!(head.len() > '}'.len_utf8(), "{raw}");
        }
        fn no_test() {}
    }
    mod step_2_parse {
        #[test]
        fn cuts() { assert!(true) }
    }
    #[test]
    fn alone() {}
    """
    found = bodies(source)
    assert list(found) == ["step_1_cut::cuts", "step_2_parse::cuts", "alone"]
    assert found["step_1_cut::cuts"].startswith("// not } this\n/* nor")
    assert found["step_1_cut::cuts"].endswith('"{raw}");')
    assert (found["step_2_parse::cuts"], found["alone"]) == ("assert!(true)", "")


def test_every_test_of_every_exercise_has_its_body(desk: Desk) -> None:
    for exercise in desk.exercises:
        source = desk.tests(exercise).read_text(encoding="utf-8")
        assert len(bodies(source)) == source.count("#[test]"), exercise.id


@pytest.mark.parametrize("piece", ['r#"', "/*", '"', "'", "#[test] fn a(){", "fn a#[test]", "#[test] #[x]", "{"])
def test_a_file_that_never_closes_what_it_opens_costs_no_time(piece: str) -> None:
    started = time.perf_counter()
    bodies(piece * (200_000 // len(piece)))
    assert time.perf_counter() - started < 2.0
