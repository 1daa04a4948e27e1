//! exercise = "02-headers"
//! mark = "elements"
//! misconception = "two variables may both change the iterator"
//! fails = "E0499"
//! says = "one at a time"

    let lines = &mut *self;
    let rest = &mut *self;
    loop {
        let Some(left) = rest.rest else {
            rest.rest = Some(lines.lines.next()?.value);
            continue;
        };
        let (element, behind) = syntax::first_element(left);
        rest.rest = behind;
        if !element.is_empty() {
            return Some(element);
        }
    }
