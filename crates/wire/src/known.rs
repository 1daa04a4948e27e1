//! The field names that mean something to a proxy.
//!
//! Owns the table of names. A name is looked up once, when its line is parsed ([`crate::FieldSpan::known`]);
//! after that, whoever wants to know which field this is compares one byte.

/// Makes the enum, its names and the look-up from one table, which is sorted by the length of the names.
macro_rules! known {
    ($($length:literal => $($variant:ident $name:literal),+;)+) => {
        /// A field name that means something to a proxy. In a head it may stand in small letters or in capitals.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Known {
            $($(#[doc = concat!("`", $name, "`")] $variant,)+)+
        }

        impl Known {
            /// Every known name.
            pub const ALL: &'static [Known] = &[$($(Known::$variant,)+)+];

            /// Which name this is. The length and the first letter decide first, so that most fields cost one comparison.
            pub fn of(name: &[u8]) -> Option<Self> {
                match name.len() {
                    $($length => {
                        $(if name[0] | 0x20 == $name.as_bytes()[0] && name.eq_ignore_ascii_case($name.as_bytes()) {
                            return Some(Known::$variant);
                        })+
                        None
                    })+
                    _ => None,
                }
            }

            /// The name in small letters.
            pub fn name(self) -> &'static str {
                match self {
                    $($(Known::$variant => $name,)+)+
                }
            }
        }
    };
}

known! {
    2 => Te "te";
    3 => Age "age", Via "via";
    4 => Date "date", ETag "etag", Host "host", Vary "vary";
    5 => Range "range";
    6 => Accept "accept", Cookie "cookie", Expect "expect", Origin "origin", Pragma "pragma";
    7 => Expires "expires", Referer "referer", Trailer "trailer", Upgrade "upgrade";
    8 => IfMatch "if-match", IfRange "if-range", Location "location";
    9 => Forwarded "forwarded", XRealIp "x-real-ip";
    10 => Connection "connection", KeepAlive "keep-alive", SetCookie "set-cookie", UserAgent "user-agent";
    12 => ContentType "content-type", MaxForwards "max-forwards";
    13 => Authorization "authorization", CacheControl "cache-control", ContentRange "content-range",
          IfNoneMatch "if-none-match", LastModified "last-modified";
    14 => ContentLength "content-length";
    15 => AcceptEncoding "accept-encoding", XForwardedFor "x-forwarded-for";
    16 => ContentEncoding "content-encoding", ContentLocation "content-location",
          ProxyConnection "proxy-connection", XForwardedHost "x-forwarded-host";
    17 => IfModifiedSince "if-modified-since", TransferEncoding "transfer-encoding",
          XForwardedProto "x-forwarded-proto";
    18 => ProxyAuthenticate "proxy-authenticate";
    19 => IfUnmodifiedSince "if-unmodified-since", ProxyAuthorization "proxy-authorization";
}

impl Known {
    /// Whether the field ends at this hop, named by Connection or not (RFC 9110 7.6.1).
    ///
    /// Trailer is one of them, because the trailers themselves end here: to announce them would be a promise.
    /// Every other known field is meant for the far end, and Connection cannot take it away.
    pub fn is_hop_by_hop(self) -> bool {
        matches!(
            self,
            Known::Connection
                | Known::KeepAlive
                | Known::ProxyConnection
                | Known::Te
                | Known::Trailer
                | Known::TransferEncoding
                | Known::Upgrade
        )
    }
}

/// Which known names a head has, so that a search for one that is not there ends before it begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Present(u64);

// One bit a name.
const _: () = assert!(Known::ALL.len() <= 64);

impl Present {
    pub(crate) fn add(&mut self, known: Option<Known>) {
        if let Some(known) = known {
            self.0 |= 1 << known as u8;
        }
    }

    pub(crate) fn has(self, known: Known) -> bool {
        self.0 & (1 << known as u8) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_found_however_it_is_spelled() {
        for &known in Known::ALL {
            let name = known.name();
            assert_eq!(name, name.to_ascii_lowercase(), "the table has small letters");
            for spelled in [name.to_owned(), name.to_ascii_uppercase()] {
                assert_eq!(Known::of(spelled.as_bytes()), Some(known), "{spelled}");
            }
        }
    }

    #[test]
    fn a_name_that_is_nearly_known_is_not() {
        for spelled in
            ["", "hosts", "hos", "content_length", "content-length ", "x-real-i\u{70}\u{0}", "transfer-encodin"]
        {
            assert_eq!(Known::of(spelled.as_bytes()), None, "{spelled:?}");
        }
    }

    #[test]
    fn present_tells_each_name_apart() {
        for &there in Known::ALL {
            let mut present = Present::default();
            present.add(Some(there));
            present.add(None);
            for &asked in Known::ALL {
                assert_eq!(present.has(asked), asked == there, "{asked:?} of {there:?}");
            }
        }
    }
}
