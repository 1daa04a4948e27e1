//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "one of the tallies is enough"
//! fails = "step_4_analyse::says_the_same_as_one_thread_would"
//! says = "however the work is divided"

    pieces
        .into_par_iter()
        .map(|piece| count(Tally::default(), piece, &read))
        .reduce_with(|one, _| one)
        .unwrap_or_default()
        .report(top)
