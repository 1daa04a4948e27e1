//! exercise = "06-pipeline"
//! mark = "applying"
//! misconception = "an atomic is a number that can be added to"
//! fails = "E0368"
//! says = "fetch_add"

            let applies = counted.filter.applies(request);
            if applies {
                counted.ran += 1;
            } else {
                counted.skipped += 1;
            }
            applies.then_some(&*counted.filter)
