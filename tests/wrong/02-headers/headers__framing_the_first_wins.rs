//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "the first length is the length"
//! fails = "step_4_framing::lengths_that_differ_are_refused"
//! says = "smuggled"

    for field in fields.of(Known::ContentLength) {
        for element in syntax::elements(field.value) {
            let number = decimal(element)?;
            length = length.or(Some(number));
        }
    }
    Ok(length)
