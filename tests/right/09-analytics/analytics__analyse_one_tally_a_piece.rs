//! exercise = "09-analytics"
//! mark = "analyse"
//! shape = "a tally for each piece, merged in pairs"

    pieces
        .into_par_iter()
        .map(|piece| count(Tally::default(), piece, &read))
        .reduce_with(Tally::merge)
        .unwrap_or_default()
        .report(top)
