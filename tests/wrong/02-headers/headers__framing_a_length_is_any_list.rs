//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "empty elements never count"
//! fails = "step_4_framing::what_is_no_number_is_refused"
//! says = "digits and nothing else"

    for element in elements(fields, Known::ContentLength) {
        let number = decimal(element)?;
        if length.is_some_and(|before| before != number) {
            return Err(FramingFault::LengthsDiffer);
        }
        length = Some(number);
    }
    Ok(length)
