//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "all threads can add to one number"
//! fails = "E0594"
//! says = "Many threads run this closure at once"

    let mut requests = 0;
    pieces.par_iter().for_each(|piece| {
        requests += count(Tally::default(), piece, &read).report(0).requests;
    });
    Report { requests, ..pieces.into_iter().fold(Tally::default(), |tally, piece| count(tally, piece, &read)).report(top) }
