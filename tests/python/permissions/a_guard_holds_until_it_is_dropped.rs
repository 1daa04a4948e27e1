use std::sync::Mutex;
let hits = Mutex::new(0);
let mut guard = hits.lock().unwrap(); //? hits:R·M
*guard += 1; //? hits:R·· guard:RWM
drop(guard); //? hits:R·· guard:RWM
println!("{hits:?}"); //? hits:R·M guard:···
