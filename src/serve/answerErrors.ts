import type { FastifyError, FastifyInstance } from 'fastify';
import { FileError } from '../csv/FileError.js';
import { InvalidCursor } from '../domain/Past.js';
import { shown } from '../domain/shown.js';
import { DamagedIndex } from '../lookup/DamagedIndex.js';
import { HttpError } from './HttpError.js';
import { invalid } from './invalid.js';

/** Answers what fails within a route, and what no route is for. @param onError called with each failure that no client is to blame for */
export function answerErrors(app: FastifyInstance, onError: (error: unknown) => void): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (request.signal.aborted) return reply.hijack(); // nobody waits for it any more
    const { statusCode, error: word, message, told } = error.validation ? badRequest(invalid(error, request)) : httpErrorOf(error);
    if (word === 'fault') onError(error);
    return reply.code(statusCode).send({ error: word, message, ...told });
  });
  app.setNotFoundHandler((request, reply) => {
    const message = `there is no ${request.method} ${shown(request.url.slice(0, 100))}: see /api/openapi.json`;
    return reply.code(404).send({ error: 'not-found', message });
  });
}

function httpErrorOf(error: FastifyError): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof InvalidCursor) return badRequest(`after ${error.message}`);
  if (error instanceof DamagedIndex) return new HttpError(503, 'no-log', 'the log was changed while it was asked: ask again');
  if (error instanceof FileError) return new HttpError(503, 'no-log', error.message);
  const { statusCode = 500, message } = error;
  if (statusCode < 500) return new HttpError(statusCode, 'bad-request', message);
  return new HttpError(statusCode, 'fault', 'this is a fault in lastfix, please report it');
}

function badRequest(message: string): HttpError {
  return new HttpError(400, 'bad-request', message);
}
