//! exercise = "02-headers"
//! mark = "framing"
//! misconception = "an empty element does no harm"
//! fails = "step_4_framing::an_empty_element_is_no_length"
//! says = "two lengths"

    for field in fields.of(Known::ContentLength) {
        if field.value.is_empty() {
            return Err(FramingFault::Length);
        }
        for element in syntax::elements(field.value).filter(|element| !element.is_empty()) {
            let number = decimal(element)?;
            if length.is_some_and(|before| before != number) {
                return Err(FramingFault::LengthsDiffer);
            }
            length = Some(number);
        }
    }
    Ok(length)
