//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "the iterator moves on by itself"
//! fails = "step_2_elements::gives_each_element_of_a_line"
//! says = "stand between commas"

    loop {
        let rest = match self.rest {
            Some(rest) => rest,
            None => self.lines.next()?.value,
        };
        let (element, behind) = syntax::first_element(rest);
        self.rest = if element.is_empty() { behind } else { None };
        if !element.is_empty() {
            return Some(element);
        }
    }
