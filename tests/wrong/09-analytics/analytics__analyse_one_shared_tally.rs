//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "all threads can count into one tally"
//! fails = "E0596"
//! says = "Many threads run this closure at once"

    let mut total = Tally::default();
    pieces.into_par_iter().for_each(|piece| {
        piece.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).for_each(|line| total.add(read(line)));
    });
    total.report(top)
