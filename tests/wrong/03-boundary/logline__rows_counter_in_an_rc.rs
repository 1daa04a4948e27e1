//! exercise = "03-boundary"
//! mark = "rows"
//! misconception = "a counter in an Rc can go wherever its owner goes"
//! fails = "E0277"
//! says = "may go to another thread"

    let counter = std::rc::Rc::new(std::cell::Cell::new(0));
    log.split(|byte| *byte == b'\n').filter_map(move |line| {
        counter.set(counter.get() + 1);
        (!line.is_empty()).then(|| (counter.get(), parse(line)))
    })
