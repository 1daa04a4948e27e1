//! exercise = "06-pipeline"
//! mark = "then"
//! misconception = "the order of phases shows when the proxy runs"
//! fails = "E0277"
//! says = "takes what the phase before it gives"
//! [edits]
//! "phases: then(then(admission, shaping), finishing)" = "phases: then(then(shaping, admission), finishing)"
//! "phases: Then<Then<Admission, Shaping>, Finishing>" = "phases: Then<Then<Shaping, Admission>, Finishing>"
//! "self.phases.run(Arrived { request, now_ms })" = "unimplemented!(\"{request:?} {now_ms}\")"
//! "self.phases.first.first.0.add" = "self.phases.first.second.0.add"
//! "first: admission, second: shaping" = "first: shaping, second: admission"

        let between = self.first.run(input)?;
        self.second.run(between)
