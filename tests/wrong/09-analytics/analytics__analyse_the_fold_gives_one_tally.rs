//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "a parallel fold ends with one value"
//! fails = "E0599"
//! says = "`reduce` makes one of them"

    pieces.into_par_iter().fold(Tally::default, |tally, piece| count(tally, piece, &read)).report(top)
