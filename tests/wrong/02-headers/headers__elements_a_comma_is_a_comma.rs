//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "every comma separates"
//! fails = "step_2_elements::keeps_a_comma_inside_quotes"
//! says = "separates nothing"

    loop {
        let Some(rest) = self.rest else {
            self.rest = Some(self.lines.next()?.value);
            continue;
        };
        let (element, behind) = match rest.iter().position(|&byte| byte == b',') {
            Some(comma) => (&rest[..comma], Some(&rest[comma + 1..])),
            None => (rest, None),
        };
        self.rest = behind;
        if !element.trim_ascii().is_empty() {
            return Some(element.trim_ascii());
        }
    }
