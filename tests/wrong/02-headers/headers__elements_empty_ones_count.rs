//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "two commas have an element between them"
//! fails = "step_2_elements::leaves_out_empty_elements"
//! says = "empty elements do not count"

    loop {
        let Some(rest) = self.rest else {
            self.rest = Some(self.lines.next()?.value);
            continue;
        };
        let (element, behind) = syntax::first_element(rest);
        self.rest = behind;
        return Some(element);
    }
