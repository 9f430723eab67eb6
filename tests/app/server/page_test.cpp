#include "app/server/page.h"

#include <catch2/catch.hpp>

#include "base/hash.h"
#include "tests/app/program.h"

namespace noema::tests {
namespace {

/// The base64 (RFC 4648) of bytes that are given as hexadecimal digits.
std::string base64_of_hex(const std::string& hex) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t i = 0; i < hex.size(); i += 6) {
    const std::string three = hex.substr(i, 6);
    const unsigned long bits = std::stoul(three + std::string(6 - three.size(), '0'), nullptr, 16);
    for (std::size_t k = 0; k < 4; ++k) result += k > three.size() / 2 ? '=' : kDigits[(bits >> (18 - 6 * k)) & 63];
  }
  return result;
}

/// What stands between two marks of the page.
std::string_view between(std::string_view begin, std::string_view end) {
  const auto from = app::kPageText.find(begin) + begin.size();
  return app::kPageText.substr(from, app::kPageText.find(end, from) - from);
}

std::string hash_source(std::string_view text) { return "'sha256-" + base64_of_hex(base::sha256_hex(text)) + "'"; }

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("the policy of the page allows its one script and its one style sheet, and nothing from elsewhere") {
  const std::string policy(app::kPagePolicy);
  CHECK_THAT(policy, Catch::StartsWith("default-src 'none'; ") &&
                         Catch::Contains("script-src " + hash_source(between("<script>", "</script>")) + ";") &&
                         Catch::Contains("style-src " + hash_source(between("<style>", "</style>")) + ";") &&
                         Catch::Contains("connect-src 'self'") && Catch::Contains("frame-ancestors 'none'"));
  for (const char* lax : {"unsafe-inline", "unsafe-eval", "http", "*"}) CHECK_THAT(policy, !Catch::Contains(lax));
}

TEST_CASE("the page is one document that fetches nothing") {
  CHECK(app::kPageText.starts_with("<!doctype html>"));
  CHECK(app::kPageText.size() > 100'000);
  CHECK(count_of(app::kPageText, "<script") == 1);
  CHECK(count_of(app::kPageText, " src=") == 0);
  CHECK(count_of(app::kPageText, "@import") == 0);
}

}  // namespace noema::tests
