#pragma once
// The address of a life that a server holds: http://HOST[:PORT][/NAME].

#include <string>

namespace noema::app {

struct Address {
  std::string host;  ///< without brackets
  int port = 80;
  std::string name;  ///< of the life in the server's folder; empty: the server has one life
};

/// Whether a life is named by an address and not by a path.
bool is_address(const std::string& life);
/// Throws base::UsageError for what is none, and for https, which is not spoken.
Address address_of(const std::string& life);
/// The text as one part of a path or a value of a query: all but letters, digits and -._~ as %XX (RFC 3986, 2.3).
std::string percent_encoded(const std::string& text);

}  // namespace noema::app
