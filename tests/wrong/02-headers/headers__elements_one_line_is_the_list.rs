//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "a list stands in one line"
//! fails = "step_2_elements::goes_on_with_the_next_line"
//! says = "are one list"

    let mut only = self.lines.clone();
    let Some(rest) = self.rest.or_else(|| only.next().map(|field| field.value)) else {
        return None;
    };
    let mut rest = rest;
    loop {
        let (element, behind) = syntax::first_element(rest);
        self.rest = Some(behind.unwrap_or_default());
        match behind {
            _ if !element.is_empty() => return Some(element),
            Some(behind) => rest = behind,
            None => return None,
        }
    }
