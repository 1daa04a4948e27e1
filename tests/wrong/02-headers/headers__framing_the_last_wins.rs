//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "a later length corrects an earlier one"
//! fails = "step_4_framing::lengths_that_differ_are_refused"
//! says = "smuggled"

    for field in fields.of(Known::ContentLength) {
        for element in syntax::elements(field.value) {
            length = Some(decimal(element)?);
        }
    }
    Ok(length)
