// noema: the command line. app/commands.cpp lists the commands.

#include "app/program.h"

int main(int argc, char** argv) { return noema::app::run_program(argc, argv); }
