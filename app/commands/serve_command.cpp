// noema serve LIFE|FOLDER

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <memory>

#include "app/command.h"
#include "app/results.h"
#include "app/server/http_server.h"
#include "app/server/routes.h"
#include "base/error.h"

namespace noema::app::serve_command {
namespace {

constexpr base::Range kOpen{1, 1000, true};

struct Arguments {
  std::string life, host = "127.0.0.1", token_file, runs;
  int port = 7777;
  std::size_t most = 8;
  bool no_think = false, print_openapi = false;
};

/// Each client that waits is an open file, of which a shell often lets a program have 1,024.
void allow_many_open_files() {
  constexpr rlim_t kWanted = 8192;
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= kWanted) return;
  files.rlim_cur = std::min(kWanted, files.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &files);  // refused: fewer clients may wait, which the server says of itself
}

void run(const Arguments& a, const Globals& globals) {
  if (a.print_openapi) return print_text("{}\n", openapi().dump(2));
  if (a.life.empty()) throw base::UsageError("life is required: a life, or a folder of lives");
  const std::string token = a.token_file.empty() ? std::string() : token_in(a.token_file);
  Gate(a.host, a.port, token);  // before the life is opened
  allow_many_open_files();
  Lives lives(a.life, !a.no_think, a.most);
  HttpServer server(lives, a.host, a.port, token, {}, Runs(a.runs));
  const std::string url =
      fmt::format("http://{}:{}", a.host.find(':') == std::string::npos ? a.host : "[" + a.host + "]", server.port());
  if (globals.json)
    print_json({{"url", url}, {"life", a.life}});
  else
    print_text("{} is served at {}/ to browsers, to programs at {}{}/v1/status; Ctrl-C ends it.\n", a.life, url, url,
               lives.is_folder() ? "/NAME" : "");
  base::flush_standard_output();
  server.run(stop_token());
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "serve", "Let programs tell and ask a life over HTTP while it thinks: noema serve my.life --port 7777");
  command->add_option("life", a->life, "The life, or a folder of lives, each under its name");
  command->add_option("--port", a->port, "The port; 0 for any that is free")
      ->capture_default_str()
      ->check(within(kPorts));
  command->add_option("--host", a->host, "The address to listen on; one that other machines reach needs --token-file")
      ->capture_default_str();
  command->add_option("--token-file", a->token_file, "A file whose first line is the secret that requests must show");
  command->add_option("--most-lives", a->most, "Of a folder, the most lives that are open at a time")
      ->capture_default_str()
      ->check(within(kOpen));
  command->add_option("--runs", a->runs, "A folder of runs of experiments, for the page to compare");
  command->add_flag("--no-think", a->no_think, "Do not think in the background");
  command->add_flag("--openapi", a->print_openapi, "Print the description of the interface (OpenAPI 3.1), and end");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::serve_command
