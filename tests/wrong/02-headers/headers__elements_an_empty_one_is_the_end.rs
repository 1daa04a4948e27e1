//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "an empty element ends the list"
//! fails = "step_2_elements::leaves_out_empty_elements"
//! says = "empty elements do not count"

    let rest = match self.rest {
        Some(rest) => rest,
        None => self.lines.next()?.value,
    };
    let (element, behind) = syntax::first_element(rest);
    self.rest = behind;
    if element.is_empty() { None } else { Some(element) }
