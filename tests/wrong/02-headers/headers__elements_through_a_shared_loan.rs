//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "a loan to look is a loan to change"
//! fails = "E0596"
//! says = "`&mut`"

    let lines = &self.lines;
    loop {
        let Some(rest) = self.rest else {
            self.rest = Some(lines.next()?.value);
            continue;
        };
        let (element, behind) = syntax::first_element(rest);
        self.rest = behind;
        if !element.is_empty() {
            return Some(element);
        }
    }
