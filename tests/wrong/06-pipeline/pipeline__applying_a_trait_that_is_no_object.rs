//! exercise = "06-pipeline"
//! mark = "applying"
//! misconception = "a trait with any methods can be `dyn`"
//! fails = "E0038"
//! says = "generic method"
//! [edits]
//! "    /// Its name in counts.\n" = "    /// Its number, as any type.\n    fn number<N: From<u8>>(&self) -> N {\n        N::from(0)\n    }\n\n    /// Its name in counts.\n"

            let applies = counted.filter.applies(request);
            let count = if applies { &counted.ran } else { &counted.skipped };
            count.fetch_add(1, Relaxed);
            applies.then_some(&*counted.filter)
