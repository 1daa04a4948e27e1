//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "a length that cannot be read is no length"
//! fails = "step_4_framing::what_is_no_number_is_refused"
//! says = "digits and nothing else"

    for field in fields.of(Known::ContentLength) {
        for element in syntax::elements(field.value) {
            let Ok(number) = decimal(element) else { continue };
            if length.is_some_and(|before| before != number) {
                return Err(FramingFault::LengthsDiffer);
            }
            length = Some(number);
        }
    }
    Ok(length)
