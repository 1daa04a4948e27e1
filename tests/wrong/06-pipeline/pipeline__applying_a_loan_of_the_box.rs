//! exercise = "06-pipeline"
//! mark = "applying"
//! misconception = "a loan of a Box is a loan of what is in it"
//! fails = "E0271"
//! says = "goes through the Box"

            let applies = counted.filter.applies(request);
            let count = if applies { &counted.ran } else { &counted.skipped };
            count.fetch_add(1, Relaxed);
            applies.then_some(&counted.filter)
