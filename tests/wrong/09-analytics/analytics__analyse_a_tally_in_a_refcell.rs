//! exercise = "09-analytics"
//! mark = "analyse"
//! misconception = "a RefCell makes any value changeable"
//! fails = "E0277"
//! says = "must not be used by two threads"

    let total = std::cell::RefCell::new(Tally::default());
    pieces.into_par_iter().for_each(|piece| {
        let tally = total.take();
        total.replace(count(tally, piece, &read));
    });
    total.into_inner().report(top)
