//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "there is at least one piece"
//! fails = "step_4_analyse::says_nothing_of_an_empty_log"
//! says = "there is one"

    pieces
        .into_par_iter()
        .map(|piece| count(Tally::default(), piece, &read))
        .reduce_with(Tally::merge)
        .expect("there is one")
        .report(top)
