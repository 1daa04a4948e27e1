//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "a captured tally can be given away in every round"
//! fails = "E0507"
//! says = "cannot give away what it has captured"

    let empty = Tally::default();
    pieces.into_par_iter().map(|piece| count(empty, piece, &read)).reduce(Tally::default, Tally::merge).report(top)
