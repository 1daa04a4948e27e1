//! exercise = "05-rules"
//! mark = "place"
//! misconception = "everyone counts from zero"
//! fails = "step_1_place::counts_lines_and_columns_from_one"
//! says = "line 1, column 1"

    let before = file.get(..offset).unwrap_or(file);
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = before.iter().filter(|&&byte| byte == b'\n').count();
    let column = before.iter().skip(line_start).filter(|&&byte| begins_a_character(byte)).count();
    Place { line, column }
