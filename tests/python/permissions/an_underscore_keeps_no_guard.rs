use std::sync::Mutex;
let hits = Mutex::new(0);
let _ = hits.lock().unwrap(); //? hits:R·M
println!("not locked"); //? hits:R·M
