#include "app/remote/answering.h"

#include <cstdlib>

#include "app/server/gate.h"
#include "base/error.h"

namespace noema::app {
namespace {

constexpr const char* kTokenFile = "--token-file";

}  // namespace

void add_server_options(CLI::App& command, Globals& globals) {
  command.add_option(kTokenFile, globals.token_file,
                     "A file whose first line is the secret of the server that is asked; or give it in NOEMA_TOKEN");
}

void refuse_address_of(const CLI::App& command) {
  if (command.get_option_no_throw(kTokenFile) != nullptr) return;
  for (const char* name : {"life", "first", "second"}) {
    const CLI::Option* life = command.get_option_no_throw(name);
    if (life == nullptr || life->count() == 0 || !is_address(life->as<std::string>())) continue;
    throw base::UsageError(
        fmt::format("{} opens the file of a life and cannot ask a server ({}); give the file, or `noema backup` of it",
                    command.get_name(), life->as<std::string>()));
  }
}

std::optional<RemoteLife> remote_life(const std::string& life, const Globals& globals) {
  if (!is_address(life)) {
    if (!globals.token_file.empty())
      throw base::UsageError("--token-file is for a life that a server holds, named by its address http://HOST:PORT");
    return std::nullopt;
  }
  const char* token = std::getenv("NOEMA_TOKEN");
  return RemoteLife(life, !globals.token_file.empty() ? token_in(globals.token_file) : token != nullptr ? token : "");
}

void refuse_for_address(const std::string& life, const std::vector<GivenOption>& options) {
  if (!is_address(life)) return;
  for (const GivenOption& one : options)
    if (one.is_given)
      throw base::UsageError(fmt::format("{} needs the file of the life; a server cannot be asked with it", one.name));
}

void add_argument(nlohmann::json& arguments, const char* name, const std::string& text) {
  if (!text.empty()) arguments[name] = text;
}

}  // namespace noema::app
