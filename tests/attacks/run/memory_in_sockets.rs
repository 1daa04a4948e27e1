//! attack = "fill the buffers of as many pairs of sockets as eight processes may hold"
//! kind = "memory bomb"
//! gets = ["memory", "exited 0"]
//! held_by = ["memory limit"]

use foe::{at, call, fork, sleep_forever, through, write};

pub fn main() {
    let block = vec![7u8; 1 << 20];
    for process in 0..8 {
        let mut bytes = 0;
        for _ in 0..100 {
            let ends = [0i32; 2];
            if call(53, &[1, 0o4001, 0, at(&ends)]).is_err() {
                break;
            }
            for end in ends {
                while let Ok(more @ 1..) = write(i64::from(end), &block) {
                    bytes += more;
                }
            }
        }
        println!("process {process}: {} KiB", bytes >> 10);
        if bytes >> 20 > 96 {
            through(format!("{} MiB in sockets", bytes >> 20));
        }
        match fork() {
            Ok(0) => {}
            Ok(_) => {
                let _ = foe::wait();
                sleep_forever()
            }
            Err(_) => break,
        }
        for descriptor in 4..256 {
            let _ = call(3, &[descriptor]);
        }
    }
}
