import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect } from 'chai';

interface Document {
  readonly components: object;
  readonly paths: Record<
    string,
    Record<string, { readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }> }>
  >;
}

/** Asks a route, as the document names it, at a path. */
export type Asker<A> = (route: string, path: string, init?: RequestInit) => Promise<{ readonly status: number; readonly json: A }>;

/** Asks a server, and sees to it that each answer is as its document says. @param url where it serves, with a slash at the end */
export async function asker(url: string): Promise<Asker<unknown>> {
  const document = (await (await fetch(`${url}api/openapi.json`)).json()) as Document;
  const ajv = new Ajv2020({ strict: false });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  return async (route, path, init = {}) => {
    const response = await fetch(url + path, init);
    const body = await response.text();
    const described = document.paths[route]?.[init.method?.toLowerCase() ?? 'get']?.responses[response.status]?.content;
    const type = response.headers.get('content-type')!.split(';')[0]!;
    expect(described, `${route} with ${response.status}`).to.have.property(type);
    const json = type === 'text/plain' ? body : (JSON.parse(body) as unknown);
    const validate = ajv.compile({ ...described![type]!.schema, components: document.components });
    expect(validate(json), `${path}: ${ajv.errorsText(validate.errors)}: ${body}`).to.equal(true);
    return { status: response.status, json };
  };
}
