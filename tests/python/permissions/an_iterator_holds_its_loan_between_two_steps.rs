let mut routes = vec![1, 2];
let mut steps = routes.iter(); //? routes:RWM
let first = steps.next(); //? routes:R·· steps:RWM
let second = steps.next(); //? routes:R·· steps:RWM first:R·M
println!("{first:?} {second:?}"); //? routes:R·· steps:RWM first:R·M second:R·M
routes.clear(); //? routes:RWM steps:RWM first:R·M second:R·M
