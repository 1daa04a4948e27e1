//! exercise = "05-rules"
//! mark = "place"
//! misconception = "a file that a person wrote is UTF-8"
//! fails = "step_1_place::counts_in_bytes_that_are_no_text"
//! says = "a file may hold any bytes"

    let before = std::str::from_utf8(file.get(..offset).unwrap_or(file)).unwrap();
    let last = before.rsplit('\n').next().unwrap();
    Place { line: before.split('\n').count(), column: 1 + last.chars().count() }
