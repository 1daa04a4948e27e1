//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "Content-Length stands there once"
//! fails = "step_4_framing::lengths_that_differ_are_refused"
//! says = "smuggled"

    if let Some(value) = find(fields, "content-length") {
        for element in syntax::elements(value) {
            let number = decimal(element)?;
            if length.is_some_and(|before| before != number) {
                return Err(FramingFault::LengthsDiffer);
            }
            length = Some(number);
        }
    }
    Ok(length)
