#include "app/remote/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/error.h"

namespace noema::app {
namespace {

constexpr std::string_view kHttp = "http://", kHttps = "https://";

[[noreturn]] void refuse_address(const std::string& life, const std::string& why) {
  throw base::UsageError(
      fmt::format("{}: {}; expected http://HOST:PORT, or http://HOST:PORT/NAME of a folder of lives", life, why));
}

int port_in(const std::string& life, std::string_view text) {
  int port = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || stop != text.data() + text.size() || port < 1 || port > 65535)
    refuse_address(life, fmt::format("'{}' is no port", text));
  return port;
}

}  // namespace

bool is_address(const std::string& life) { return life.starts_with(kHttp) || life.starts_with(kHttps); }

Address address_of(const std::string& life) {
  if (life.starts_with(kHttps))
    throw base::UsageError(
        fmt::format("{}: https is not spoken here; ask http:// of a proxy on this machine that "
                    "speaks it (docs/serving.md)",
                    life));
  if (!life.starts_with(kHttp)) refuse_address(life, "this is no address of a server");
  const bool is_plain = std::all_of(life.begin(), life.end(), [](unsigned char c) { return c > ' ' && c != 0x7f; });
  if (!is_plain || life.find_first_of("@?#\\") != std::string::npos)
    refuse_address(life, "an address has no blanks, user, query or fragment");
  std::string_view rest = std::string_view(life).substr(kHttp.size());
  Address address;
  if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
    std::string_view name = rest.substr(slash + 1);
    if (name.ends_with('/')) name.remove_suffix(1);
    if (name.find('/') != std::string_view::npos) refuse_address(life, "the name of a life is one part of a path");
    address.name = name;
    rest = rest.substr(0, slash);
  }
  const auto bracket = rest.find(']');
  if (const auto colon = rest.rfind(':');
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    address.port = port_in(life, rest.substr(colon + 1));
    rest = rest.substr(0, colon);
  }
  if (rest.starts_with('[') && rest.ends_with(']')) rest = rest.substr(1, rest.size() - 2);
  if (rest.empty()) refuse_address(life, "there is no host");
  address.host = rest;
  return address;
}

std::string percent_encoded(const std::string& text) {
  constexpr std::string_view kUnreserved = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (kUnreserved.find(c) != std::string_view::npos)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace noema::app
